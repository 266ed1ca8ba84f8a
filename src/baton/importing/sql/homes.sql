create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('people_residence', 'id')) as record_id
  from (select s.id, s.source_id, s.person_ref, s.told, s.digest, p.person_id, p.family_id, t.*
          from importing_staged s
          join importing_sourcerecord p on p.source = %(source)s and p.kind = 'person' and p.source_id = s.person_ref
         cross join lateral jsonb_to_record(s.told) as t(address text, postcode text, uprn text, kind text, from_on date, until_on date)
         where s.run_id = %(run)s and s.kind = 'home' and s.outcome = 'new' and s.id > %(after)s order by s.id limit %(batch)s) x;

-- What Baton has of those days stays.
create temporary table differing on commit drop as
select distinct t.id from taken t
  join people_residence r on r.person_id = t.person_id and daterange(r.from_on, r.until_on) && daterange(t.from_on, t.until_on)
  join people_address a on a.id = r.address_id
 where r.kind = 'main' and not r.is_shared_care and coalesce(t.kind, 'main') = 'main'
    or (a.lines, a.postcode, a.uprn) = (coalesce(t.address, ''), coalesce(t.postcode, ''), coalesce(t.uprn, ''));

update importing_staged s set outcome = 'stopped', findings = s.findings
       || '[["stops", "from_on", "Baton has a home of theirs in these days already, which stays"]]'::jsonb
  from differing d where d.id = s.id;

delete from taken t using differing d where d.id = t.id;

insert into people_address (family_id, lines, postcode, uprn)
select distinct t.family_id, coalesce(t.address, ''), coalesce(t.postcode, ''), coalesce(t.uprn, '') from taken t
 where not exists (select from people_address a where a.family_id = t.family_id
                      and (a.lines, a.postcode, a.uprn) = (coalesce(t.address, ''), coalesce(t.postcode, ''), coalesce(t.uprn, '')));

insert into people_residence (id, person_id, address_id, kind, is_shared_care, keep_from, from_on, until_on, recorded_at, recorded_by_id, version)
select t.record_id, t.person_id, a.id, coalesce(t.kind, 'main'), false, '', t.from_on, t.until_on, %(at)s::timestamptz, %(by)s::bigint, 1 from taken t
  join lateral (select a.id from people_address a where a.family_id = t.family_id
                   and (a.lines, a.postcode, a.uprn) = (coalesce(t.address, ''), coalesce(t.postcode, ''), coalesce(t.uprn, ''))
                 order by a.id limit 1) a on true;

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, person_id, told, digest, digest_before)
select %(run)s, %(source)s, 'home', source_id, 'people_residence', record_id, family_id, person_id, told, digest, '' from taken;

-- Where they live today is repeated on the person, once all their homes have come.
update people_person p set address = coalesce(n.lines, ''), postcode = coalesce(n.postcode, ''), changed_by_id = %(by)s::bigint, version = p.version + 1
  from (select distinct person_id, person_ref from taken) t
  left join lateral (select a.lines, a.postcode from people_residence r join people_address a on a.id = r.address_id
                      where r.person_id = t.person_id and r.kind = 'main' and coalesce(r.from_on, '-infinity') <= %(today)s::date
                        and coalesce(r.until_on, 'infinity') > %(today)s::date order by r.from_on desc nulls last, r.id desc limit 1) n on true
 where p.id = t.person_id and (p.address, p.postcode) <> (coalesce(n.lines, ''), coalesce(n.postcode, ''))
   and not exists (select from importing_staged m where m.run_id = %(run)s and m.kind = 'home' and m.person_ref = t.person_ref and m.outcome = 'new'
                      and m.id > (select max(id) from taken));
