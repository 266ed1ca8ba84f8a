-- The teams that hold a person stand beside each of their names, so that a worker's search reads their own people and nobody else's.
-- They only narrow where it looks: what may be shown is asked of the families themselves (guard.people_like).

-- The names of everybody, or of the people some teams hold.
create function guard.names_in(of_teams bigint[]) returns setof matching_searchedname language sql stable as
$$ select * from matching_searchedname where of_teams is null or teams && of_teams $$;

create function guard.teams_holding(person bigint) returns bigint[] language sql stable set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct f.team_id) filter (where f.team_id is not null), '{}')
      from (select m.family_id as id from people_familymember m where m.person_id = person
            union all select p.first_family_id from people_person p where p.id = person) held join people_family f on f.id = held.id
$$;

-- Make the keys of some people anew, the teams with their names: all of a statement, since an import makes those of thousands.
-- Whoever was merged into another is found under that one.
create or replace function guard.index_people(people bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from matching_searchedname where person_id = any(people);
    delete from matching_searchedkey where person_id = any(people);
    delete from matching_searchedperson where person_id = any(people);
    people := array(select p from unnest(people) p
                     where not exists (select 1 from matching_merge m where m.merged_id = p and m.undone_at is null));
    insert into matching_searchedperson (person_id, facts) select f.person_id, f.facts from guard.facts_of(people) f;
    -- A name of two words is found by each of them.
    insert into matching_searchedname (person_id, given, family, given_sound, family_sound, born, teams)
    select distinct n.person_id, g, f, dmetaphone(g), dmetaphone(f), p.date_of_birth, coalesce(held.teams, '{}')
      from guard.names_of(people) n join people_person p on p.id = n.person_id
      left join (select o.person_id, array_agg(distinct f.team_id) as teams
                   from (select m.person_id, m.family_id from people_familymember m where m.person_id = any(people)
                         union all select q.id, q.first_family_id from people_person q where q.id = any(people)) o
                   join people_family f on f.id = o.family_id where f.team_id is not null group by o.person_id) held
        on held.person_id = n.person_id
     cross join unnest(array[n.given] || case when n.given like '% %' then string_to_array(n.given, ' ') end) g
     cross join unnest(array[n.family] || case when n.family like '% %' then string_to_array(n.family, ' ') end) f;
    insert into matching_searchedkey (person_id, kind, value)
    select s.person_id, 'postcode', value from matching_searchedperson s, jsonb_array_elements_text(s.facts -> 'postcodes') value
     where s.person_id = any(people)
    union all
    select s.person_id, 'phone', value from matching_searchedperson s, jsonb_array_elements_text(s.facts -> 'phones') value
     where s.person_id = any(people)
    union
    select s.person_id, 'school', word from matching_searchedperson s, jsonb_array_elements_text(s.facts -> 'schools') school,
           string_to_table(school, ' ') word
     where s.person_id = any(people) and length(word) > 3 and word <> all (guard.school_words())
    union all
    select s.person_id, kind, s.facts ->> kind from matching_searchedperson s, unnest(array['nhs', 'upn', 'uln']) kind
     where s.person_id = any(people) and s.facts ? kind;
end $$;

create function guard.teams_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    people bigint[];
begin
    if session_user = 'baton_owner' and current_setting('app.index_later', true) = 'on' then return null; end if;
    if tg_argv[0] = 'family' then
        people := array(select m.person_id from new_rows n join old_rows o on o.id = n.id and o.team_id is distinct from n.team_id
                          join people_familymember m on m.family_id = n.id
                        union select p.id from new_rows n join old_rows o on o.id = n.id and o.team_id is distinct from n.team_id
                          join people_person p on p.first_family_id = n.id);
    else
        people := array(select distinct person_id from changed);
    end if;
    update matching_searchedname s set teams = guard.teams_holding(s.person_id) where s.person_id = any(people);
    return null;
end $$;
create trigger teams_changed after update on people_family referencing old table as old_rows new table as new_rows
    for each statement execute function guard.teams_changed('family');
create trigger teams_insert after insert on people_familymember referencing new table as changed
    for each statement execute function guard.teams_changed('member');
create trigger teams_update after update on people_familymember referencing new table as changed
    for each statement execute function guard.teams_changed('member');
create trigger teams_delete after delete on people_familymember referencing old table as changed
    for each statement execute function guard.teams_changed('member');
revoke execute on function guard.teams_holding(bigint), guard.names_in(bigint[]) from public;

update matching_searchedname s set teams = held.teams from (
    select of.person_id, array_agg(distinct f.team_id) as teams
      from (select person_id, family_id from people_familymember union all select id, first_family_id from people_person) of
      join people_family f on f.id = of.family_id where f.team_id is not null group by of.person_id) held
 where held.person_id = s.person_id;
