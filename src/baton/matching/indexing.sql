-- What people are looked up by, written anew at each change of a person. In plpgsql, since PostgreSQL keeps the plans of that; a function
-- written in SQL with a query in it is planned anew each time it is called, which here cost many times the answer.

create or replace function guard.names_of(people bigint[]) returns table (person_id bigint, given text, family text, rank integer)
language plpgsql stable set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query
    with recursive whole as (
        select id as person_id, id as source from people_person where id = any(people)
        union select w.person_id, m.merged_id from whole w join matching_merge m on m.survivor_id = w.source and m.undone_at is null
    ), named as (
        select w.person_id, p.given_name as given, p.family_name as family, 0 as rank
          from whole w join people_person p on p.id = w.source
        union all
        select w.person_id, p.known_as, p.family_name, 1 from whole w join people_person p on p.id = w.source where p.known_as <> ''
        union all
        select w.person_id, coalesce(nullif(n.given_name, ''), p.given_name), coalesce(nullif(n.family_name, ''), p.family_name), 2
          from whole w join people_personname n on n.person_id = w.source join people_person p on p.id = w.source
    )
    select n.person_id, guard.bare(n.given), guard.bare(n.family), min(n.rank) from named n group by 1, 2, 3;
end $$;

create or replace function guard.facts_of(people bigint[]) returns table (person_id bigint, facts jsonb)
language plpgsql stable set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query
    with names as (
        select n.person_id, jsonb_agg(n.given order by n.rank) as given, jsonb_agg(n.family order by n.rank) as family
          from guard.names_of(people) n group by n.person_id
    ), homes as (
        select r.person_id, jsonb_agg(distinct guard.bare(a.lines)) filter (where a.lines <> '') as addresses,
               jsonb_agg(distinct guard.sign(a.postcode)) filter (where a.postcode <> '') as postcodes
          from people_residence r join people_address a on a.id = r.address_id where r.person_id = any(people) group by r.person_id
    ), schools as (
        select s.person_id, jsonb_agg(distinct guard.bare(s.name)) as schools
          from people_setting s where s.person_id = any(people) and s.kind <> 'gp' and s.name <> '' group by s.person_id
    ), phones as (
        select c.person_id, jsonb_agg(distinct guard.sign(c.value)) as phones
          from people_contactpoint c where c.person_id = any(people) and c.kind in ('mobile', 'phone') group by c.person_id
    )
    select p.id, jsonb_strip_nulls(jsonb_build_object(
        'given', n.given, 'family', n.family, 'born', p.date_of_birth, 'sex', nullif(p.sex, 'U'),
        'addresses', coalesce(h.addresses, case when p.address <> '' then jsonb_build_array(guard.bare(p.address)) end),
        'postcodes', coalesce(h.postcodes, case when p.postcode <> '' then jsonb_build_array(guard.sign(p.postcode)) end),
        'schools', coalesce(s.schools, case when p.school <> '' then jsonb_build_array(guard.bare(p.school)) end),
        'phones', coalesce(t.phones, case when p.phone <> '' then jsonb_build_array(guard.sign(p.phone)) end),
        'nhs', nullif(p.nhs_number, ''), 'upn', nullif(p.upn, ''), 'uln', nullif(p.uln, '')))
      from people_person p join names n on n.person_id = p.id left join homes h on h.person_id = p.id
      left join schools s on s.person_id = p.id left join phones t on t.person_id = p.id
     where p.id = any(people);
end $$;
