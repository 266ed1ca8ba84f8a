create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('people_person', 'id')) as record_id
  from (select s.id, s.source_id, s.told, s.digest, f.record_id as family_id, t.*
          from importing_staged s
          join importing_sourcerecord f on f.source = %(source)s and f.kind = 'family' and f.source_id = s.family_ref
         cross join lateral jsonb_to_record(s.told) as t(given_name text, family_name text, known_as text, date_of_birth date, due_on date,
               died_on date, sex text, gender text, ethnicity text, first_language text, nhs_number text, upn text, no_upn text, uln text,
               disabilities text[], send text, phone text, email text, address text, postcode text, home_address text, home_postcode text, school text, gp text)
         where s.run_id = %(run)s and s.kind = 'person' and s.outcome = 'new' and s.id > %(after)s
           and f.record_id %% %(lanes)s = %(lane)s order by s.id limit %(batch)s) x;

insert into people_person (id, given_name, family_name, known_as, date_of_birth, due_on, died_on, sex, gender, ethnicity, first_language,
       interpreter_needed, interpreter_language, communication, nhs_number, no_nhs_number, upn, no_upn, uln, disabilities, send, send_needs,
       phone, email, address, postcode, school, first_family_id, changed_by_id, version)
select record_id, given_name, family_name, coalesce(known_as, ''), date_of_birth, due_on, died_on, coalesce(sex, 'U'), coalesce(gender, ''),
       coalesce(ethnicity, ''), coalesce(first_language, ''), false, '', '', coalesce(nhs_number, ''), '', coalesce(upn, ''), coalesce(no_upn, ''),
       coalesce(uln, ''), coalesce(disabilities, '{}'), coalesce(send, ''), '{}', coalesce(phone, ''), coalesce(email, ''), coalesce(address, home_address, ''),
       coalesce(postcode, home_postcode, ''), coalesce(school, ''), family_id, %(by)s::bigint, 1 from taken;

insert into people_personname (person_id, kind, given_name, middle_names, family_name, why, recorded_at, recorded_by_id, version)
select record_id, 'legal', given_name, '', family_name, '', %(at)s, %(by)s::bigint, 1 from taken
union all select record_id, 'known_as', known_as, '', '', '', %(at)s, %(by)s::bigint, 1 from taken where known_as <> '';

insert into people_address (family_id, lines, postcode, uprn)
select distinct t.family_id, t.address, coalesce(t.postcode, ''), '' from taken t
 where t.address <> '' and not exists (select from people_address a where a.family_id = t.family_id and a.lines = t.address
                                          and a.postcode = coalesce(t.postcode, ''));

insert into people_residence (person_id, address_id, kind, is_shared_care, keep_from, recorded_at, recorded_by_id, version)
select t.record_id, a.id, 'main', false, '', %(at)s, %(by)s::bigint, 1 from taken t
  join lateral (select a.id from people_address a where a.family_id = t.family_id and a.lines = t.address
                   and a.postcode = coalesce(t.postcode, '') order by a.id limit 1) a on true
 where t.address <> '';

-- Nobody has said that it is safe to use.
insert into people_contactpoint (person_id, kind, value, safety, rule, is_preferred, recorded_at, recorded_by_id, version)
select record_id, case when phone like '07%%' or phone like '+447%%' then 'mobile' else 'phone' end, phone, 'careful', %(careful)s::text, false,
       %(at)s, %(by)s::bigint, 1 from taken where phone <> ''
union all select record_id, 'email', email, 'careful', %(careful)s::text, false, %(at)s, %(by)s::bigint, 1 from taken where email <> '';

insert into people_setting (person_id, kind, name, code, is_second, recorded_at, recorded_by_id, version)
select record_id, 'school', school, '', false, %(at)s, %(by)s::bigint, 1 from taken where school <> ''
union all select record_id, 'gp', gp, '', false, %(at)s, %(by)s::bigint, 1 from taken where gp <> '';

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, person_id, told, digest, digest_before)
select %(run)s, %(source)s, 'person', source_id, 'people_person', record_id, family_id, record_id, told, digest, '' from taken;
