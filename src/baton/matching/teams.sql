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

create function guard.name_with_teams() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    -- Asked here and not of guard.teams_holding: a function that sets its path costs as much as the question.
    select coalesce(array_agg(distinct f.team_id) filter (where f.team_id is not null), '{}') into new.teams
      from (select m.family_id as id from people_familymember m where m.person_id = new.person_id
            union all select p.first_family_id from people_person p where p.id = new.person_id) held
      join people_family f on f.id = held.id;
    return new;
end $$;
create trigger with_teams before insert on matching_searchedname for each row execute function guard.name_with_teams();

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
