create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('people_involvement', 'id')) as record_id
  from (select s.id, s.source_id, s.told, s.digest, p.person_id, p.family_id
          from importing_staged s
          join importing_sourcerecord p on p.source = %(source)s and p.kind = 'person' and p.source_id = s.person_ref
         where s.run_id = %(run)s and s.kind = 'involvement' and s.outcome = 'new' and s.id > %(after)s order by s.id limit %(batch)s) x;

insert into people_involvement (id, person_id, agency, organisation, professional, role, phone, email, what_for, from_on, until_on, recorded_at,
       recorded_by_id, version)
select record_id, person_id, coalesce(told ->> 'agency', 'other'), coalesce(told ->> 'organisation', 'Not in the extract'),
       coalesce(told ->> 'professional', ''), coalesce(told ->> 'role', ''), coalesce(told ->> 'phone', ''), coalesce(told ->> 'email', ''),
       coalesce(told ->> 'what_for', ''), (told ->> 'from_on')::date, (told ->> 'until_on')::date, %(at)s::timestamptz, %(by)s::bigint, 1 from taken;

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, person_id, told, digest, digest_before)
select %(run)s, %(source)s, 'involvement', source_id, 'people_involvement', record_id, family_id, person_id, told, digest, '' from taken;
