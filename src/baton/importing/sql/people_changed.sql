create temporary table taken on commit drop as
select s.id, k.id as key, k.person_id as record_id, k.family_id, k.told as was, s.told as now, s.digest
  from importing_staged s join importing_sourcerecord k on k.source = %(source)s and k.kind = 'person' and k.source_id = s.source_id
 where s.run_id = %(run)s and s.kind = 'person' and s.outcome = 'changed' and s.id > %(after)s order by s.id limit %(batch)s;

-- What changed there, and whether Baton still says what it said there before: only then does the change come over.
create temporary table differing on commit drop as
select t.id, t.record_id, t.family_id, d.field, d.was, d.now, d.stands is not distinct from d.was as comes
  from taken t join people_person p on p.id = t.record_id cross join lateral (values
    ('given_name', coalesce(t.was ->> 'given_name', ''), coalesce(t.now ->> 'given_name', ''), p.given_name::text),
    ('family_name', coalesce(t.was ->> 'family_name', ''), coalesce(t.now ->> 'family_name', ''), p.family_name),
    ('known_as', coalesce(t.was ->> 'known_as', ''), coalesce(t.now ->> 'known_as', ''), p.known_as),
    ('date_of_birth', t.was ->> 'date_of_birth', t.now ->> 'date_of_birth', p.date_of_birth::text),
    ('due_on', t.was ->> 'due_on', t.now ->> 'due_on', p.due_on::text),
    ('died_on', t.was ->> 'died_on', t.now ->> 'died_on', p.died_on::text),
    ('sex', coalesce(t.was ->> 'sex', 'U'), coalesce(t.now ->> 'sex', 'U'), p.sex),
    ('gender', coalesce(t.was ->> 'gender', ''), coalesce(t.now ->> 'gender', ''), p.gender),
    ('ethnicity', coalesce(t.was ->> 'ethnicity', ''), coalesce(t.now ->> 'ethnicity', ''), p.ethnicity),
    ('first_language', coalesce(t.was ->> 'first_language', ''), coalesce(t.now ->> 'first_language', ''), p.first_language),
    ('nhs_number', coalesce(t.was ->> 'nhs_number', ''), coalesce(t.now ->> 'nhs_number', ''), p.nhs_number),
    ('upn', coalesce(t.was ->> 'upn', ''), coalesce(t.now ->> 'upn', ''), p.upn),
    ('no_upn', coalesce(t.was ->> 'no_upn', ''), coalesce(t.now ->> 'no_upn', ''), p.no_upn),
    ('uln', coalesce(t.was ->> 'uln', ''), coalesce(t.now ->> 'uln', ''), p.uln),
    ('send', coalesce(t.was ->> 'send', ''), coalesce(t.now ->> 'send', ''), p.send),
    ('disabilities', coalesce(t.was -> 'disabilities', '[]')::text, coalesce(t.now -> 'disabilities', '[]')::text, to_jsonb(p.disabilities)::text),
    ('phone', coalesce(t.was ->> 'phone', ''), coalesce(t.now ->> 'phone', ''), p.phone),
    ('email', coalesce(t.was ->> 'email', ''), coalesce(t.now ->> 'email', ''), p.email),
    ('address', coalesce(t.was ->> 'address', ''), coalesce(t.now ->> 'address', ''), p.address),
    ('postcode', coalesce(t.was ->> 'postcode', ''), coalesce(t.now ->> 'postcode', ''), p.postcode),
    ('gp', coalesce(t.was ->> 'gp', ''), coalesce(t.now ->> 'gp', ''), coalesce((select r.name from people_setting r where r.person_id = p.id
                  and r.kind = 'gp' and r.until_on is null order by r.id limit 1), '')),
    ('school', coalesce(t.was ->> 'school', ''), coalesce(t.now ->> 'school', ''), p.school)) d(field, was, now, stands)
 where d.was is distinct from d.now and not (t.now ? 'homes' and d.field in ('address', 'postcode'));

-- An address is one thing: it comes whole or not at all.
update differing d set comes = false from differing o
 where o.id = d.id and o.field in ('address', 'postcode') and d.field in ('address', 'postcode') and not o.comes;

update importing_staged s set findings = s.findings || d.said
  from (select id, jsonb_agg(jsonb_build_array(case when comes then 'note' else 'left out' end, field, case when comes
               then 'changed in the other system' else 'changed in the other system; it was changed in Baton too, and stays' end) order by field) as said
          from differing group by id) d where d.id = s.id;

create temporary table coming on commit drop as
select d.record_id, d.family_id, jsonb_object_agg(d.field, d.was) as was, jsonb_object_agg(d.field, d.now) as now
  from differing d where d.comes group by d.record_id, d.family_id;

update people_person p set
       given_name = coalesce(c.now ->> 'given_name', p.given_name), family_name = coalesce(c.now ->> 'family_name', p.family_name),
       known_as = coalesce(c.now ->> 'known_as', p.known_as),
       date_of_birth = case when c.now ? 'date_of_birth' then (c.now ->> 'date_of_birth')::date else p.date_of_birth end,
       due_on = case when c.now ? 'due_on' then (c.now ->> 'due_on')::date else p.due_on end,
       died_on = case when c.now ? 'died_on' then (c.now ->> 'died_on')::date else p.died_on end,
       sex = coalesce(c.now ->> 'sex', p.sex), gender = coalesce(c.now ->> 'gender', p.gender), ethnicity = coalesce(c.now ->> 'ethnicity', p.ethnicity),
       first_language = coalesce(c.now ->> 'first_language', p.first_language), nhs_number = coalesce(c.now ->> 'nhs_number', p.nhs_number),
       no_nhs_number = case when c.now ->> 'nhs_number' <> '' then '' else p.no_nhs_number end, upn = coalesce(c.now ->> 'upn', p.upn),
       no_upn = case when c.now ->> 'upn' <> '' then '' else coalesce(c.now ->> 'no_upn', p.no_upn) end, uln = coalesce(c.now ->> 'uln', p.uln),
       send = coalesce(c.now ->> 'send', p.send),
       disabilities = case when c.now ? 'disabilities' then array(select jsonb_array_elements_text((c.now ->> 'disabilities')::jsonb)) else p.disabilities end,
       phone = coalesce(c.now ->> 'phone', p.phone), email = coalesce(c.now ->> 'email', p.email), address = coalesce(c.now ->> 'address', p.address),
       postcode = coalesce(c.now ->> 'postcode', p.postcode), school = coalesce(c.now ->> 'school', p.school),
       changed_by_id = %(by)s::bigint, version = p.version + 1
  from coming c where c.record_id = p.id;

-- What was true until today, and what is from today on.
update people_personname n set until_on = greatest(%(today)s::date, n.from_on), version = n.version + 1 from coming c
 where n.person_id = c.record_id and n.until_on is null
   and (n.kind = 'legal' and c.now ?| array['given_name', 'family_name'] or n.kind = 'known_as' and c.now ? 'known_as');

insert into people_personname (person_id, kind, given_name, middle_names, family_name, why, from_on, recorded_at, recorded_by_id, version)
select p.id, 'legal', p.given_name, '', p.family_name, '', %(today)s::date, %(at)s::timestamptz, %(by)s::bigint, 1 from coming c join people_person p on p.id = c.record_id
 where c.now ?| array['given_name', 'family_name']
union all
select p.id, 'known_as', p.known_as, '', '', '', %(today)s::date, %(at)s::timestamptz, %(by)s::bigint, 1 from coming c join people_person p on p.id = c.record_id
 where c.now ->> 'known_as' <> '';

update people_contactpoint r set until_on = greatest(%(today)s::date, r.from_on), is_preferred = false, version = r.version + 1 from coming c
 where r.person_id = c.record_id and r.until_on is null and r.value in (nullif(c.was ->> 'phone', ''), nullif(c.was ->> 'email', ''));

insert into people_contactpoint (person_id, kind, value, safety, rule, is_preferred, from_on, recorded_at, recorded_by_id, version)
select c.record_id, case when n.field = 'email' then 'email' when n.value like '07%%' then 'mobile' else 'phone' end, n.value, 'careful', %(careful)s::text, false,
       %(today)s::date, %(at)s::timestamptz, %(by)s::bigint, 1
  from coming c cross join lateral (values ('phone', c.now ->> 'phone'), ('email', c.now ->> 'email')) n(field, value) where n.value <> '';

update people_setting r set until_on = greatest(%(today)s::date, r.from_on), version = r.version + 1 from coming c
 where r.person_id = c.record_id and r.until_on is null and c.now ? 'school' and r.kind <> 'gp' and not r.is_second;

insert into people_setting (person_id, kind, name, code, is_second, from_on, recorded_at, recorded_by_id, version)
select c.record_id, 'school', c.now ->> 'school', '', false, %(today)s::date, %(at)s::timestamptz, %(by)s::bigint, 1 from coming c where c.now ->> 'school' <> '';

update people_setting r set until_on = greatest(%(today)s::date, r.from_on), version = r.version + 1 from coming c
 where r.person_id = c.record_id and r.until_on is null and c.now ? 'gp' and r.kind = 'gp';

insert into people_setting (person_id, kind, name, code, is_second, from_on, recorded_at, recorded_by_id, version)
select c.record_id, 'gp', c.now ->> 'gp', '', false, %(today)s::date, %(at)s::timestamptz, %(by)s::bigint, 1 from coming c where c.now ->> 'gp' <> '';

update people_residence r set until_on = greatest(%(today)s::date, r.from_on), version = r.version + 1 from coming c
 where r.person_id = c.record_id and r.until_on is null and r.kind = 'main' and c.now ?| array['address', 'postcode'];

insert into people_address (family_id, lines, postcode, uprn)
select distinct c.family_id, p.address, p.postcode, '' from coming c join people_person p on p.id = c.record_id
 where c.now ?| array['address', 'postcode'] and p.address <> ''
   and not exists (select from people_address a where a.family_id = c.family_id and a.lines = p.address and a.postcode = p.postcode);

insert into people_residence (person_id, address_id, kind, is_shared_care, keep_from, from_on, recorded_at, recorded_by_id, version)
select p.id, a.id, 'main', false, '', %(today)s::date, %(at)s::timestamptz, %(by)s::bigint, 1 from coming c join people_person p on p.id = c.record_id
  join lateral (select a.id from people_address a where a.family_id = c.family_id and a.lines = p.address and a.postcode = p.postcode order by a.id limit 1) a on true
 where c.now ?| array['address', 'postcode'] and p.address <> '';

update importing_sourcerecord k set told_before = k.told, digest_before = k.digest, told = t.now, digest = t.digest, changed_by_id = %(run)s
  from taken t where k.id = t.key;
