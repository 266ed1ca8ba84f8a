-- Whether the asker holds a family that somebody is or was in. As the owner: through row security each of these tables would ask again.
create function guard.holds_person(person bigint) returns boolean
language sql stable parallel safe security definer set search_path = public, pg_temp as
$$ select exists (select 1 from people_familymember m where m.person_id = person and guard.holds(m.family_id))
       or exists (select 1 from people_person p where p.id = person and guard.holds(p.first_family_id)) $$;

-- Whether the asker holds somebody who lives or lived at an address.
create function guard.holds_somebody_at(address bigint) returns boolean
language sql stable parallel safe security definer set search_path = public, pg_temp as
$$ select exists (select 1 from people_residence r where r.address_id = address and guard.holds_person(r.person_id)) $$;

-- What persons carried before there were tables over time.
insert into people_personname (person_id, kind, given_name, middle_names, family_name, why, version)
    select id, 'legal', given_name, '', family_name, '', 1 from people_person;
insert into people_personname (person_id, kind, given_name, middle_names, family_name, why, version)
    select id, 'known_as', known_as, '', '', '', 1 from people_person where known_as <> '';
insert into people_address (family_id, lines, postcode, uprn)
    select distinct first_family_id, address, postcode, '' from people_person where address <> '';
insert into people_residence (person_id, address_id, kind, is_shared_care, keep_from, version)
    select p.id, a.id, 'main', false, '', 1 from people_person p
      join people_address a on a.family_id = p.first_family_id and a.lines = p.address and a.postcode = p.postcode;
insert into people_setting (person_id, kind, name, code, is_second, version)
    select id, 'school', school, '', false, 1 from people_person where school <> '';
insert into people_contactpoint (person_id, kind, value, safety, rule, is_preferred, version)
    select id, 'phone', phone, 'safe', '', false, 1 from people_person where phone <> '';
insert into people_contactpoint (person_id, kind, value, safety, rule, is_preferred, version)
    select id, 'email', email, 'safe', '', false, 1 from people_person where email <> '';
-- What was inserted is checked now: a table with checks to come cannot be given policies.
set constraints all immediate;
