-- The families that somebody stands or stood in, where a change of them is followed, also where the asker sees nothing: ids, to code that
-- shows nothing of them. Nothing for who may not change these people.
create function guard.families_to_follow(people bigint[]) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct m.family_id order by m.family_id), '{}') from people_familymember m
     where m.person_id = any(people) and (guard.has_role('hub_adviser') or guard.holds_person(m.person_id))
$$;
