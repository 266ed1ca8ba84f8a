create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('relationships_relationship', 'id')) as record_id
  from (select s.id, s.source_id, s.told, s.digest, p.family_id, p.person_id, c.person_id as relative_id
          from importing_staged s
          join importing_sourcerecord p on p.source = %(source)s and p.kind = 'person' and p.source_id = s.person_ref
          join importing_sourcerecord c on c.source = %(source)s and c.kind = 'person' and c.source_id = s.other_ref
         where s.run_id = %(run)s and s.kind = 'relationship' and s.outcome = 'new' and s.id > %(after)s order by s.id limit %(batch)s) x;

insert into relationships_relationship (id, family_id, person_id, relative_id, kind, standing, from_on, until_on, note, recorded_at,
       recorded_by_id, version, struck_because)
select record_id, family_id,
       case when told ->> 'kind' = any(%(mutual)s) then least(person_id, relative_id) else person_id end,
       case when told ->> 'kind' = any(%(mutual)s) then greatest(person_id, relative_id) else relative_id end,
       told ->> 'kind', case when told ->> 'until_on' is null then 'now' else 'over' end, (told ->> 'from_on')::date, (told ->> 'until_on')::date,
       coalesce(told ->> 'note', ''), %(at)s, %(by)s::bigint, 1, '' from taken;

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, person_id, told, digest, digest_before)
select %(run)s, %(source)s, 'relationship', source_id, 'relationships_relationship', record_id, family_id, person_id, told, digest, '' from taken;
