create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('people_familymember', 'id')) as record_id
  from (select s.id, s.source_id, s.told, s.digest, s.family_ref, f.record_id as family_id, p.person_id,
               (p.told ->> 'date_of_birth')::date as born, coalesce((s.told ->> 'from_on')::date, known.begins, %(today)s::date) as from_on
          from importing_staged s
          join importing_sourcerecord f on f.source = %(source)s and f.kind = 'family' and f.source_id = s.family_ref
          join importing_sourcerecord p on p.source = %(source)s and p.kind = 'person' and p.source_id = s.person_ref
          left join lateral (select min(coalesce(e.told ->> 'requested_on', e.told ->> 'started_on', e.told ->> 'received_on')::date) as begins
                               from importing_staged e where e.run_id = s.run_id and e.kind in ('episode', 'request')
                                and e.family_ref = s.family_ref and e.outcome <> 'stopped') known on true
         where s.run_id = %(run)s and s.kind = 'membership' and s.outcome = 'new' and s.id > %(after)s
           and f.record_id %% %(lanes)s = %(lane)s order by s.id limit %(batch)s) x;

-- Somebody's part, where nobody says it: by their age when the family was first known; of unknown age, a child.
insert into people_familymember (id, family_id, person_id, part, relationship, lives_with_family, from_on, until_on)
select record_id, family_id, person_id, coalesce(told ->> 'part', case when born <= from_on - interval '18 years' then 'parent' else 'child' end),
       coalesce(told ->> 'relationship', ''), coalesce((told ->> 'lives_with_family')::boolean, true), from_on,
       greatest((told ->> 'until_on')::date, from_on)
  from taken;

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, person_id, told, digest, digest_before)
select %(run)s, %(source)s, 'membership', source_id, 'people_familymember', record_id, family_id, person_id, told, digest, '' from taken;
