-- What information governance may learn of people it sees no record of: functions of the owner, each for one purpose.

-- Whoever has or had this name and birthday, for a request that is open. People whom only families closed to the asker know are not found.
create function guard.rights_people(request bigint, given text, family text, birthday date)
returns table (id bigint, name text, born date)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id, p.given_name || ' ' || p.family_name, p.date_of_birth
      from people_person p
     where guard.has_role('governance')
       and exists (select from rights_accessrequest r where r.id = rights_people.request and r.answered_on is null)
       and p.date_of_birth = birthday and p.id <> all(guard.closed_person_ids())
       and not exists (select from matching_merge m where m.merged_id = p.id and m.undone_at is null)
       and exists (
           select from (select p.given_name as g, p.family_name as f
                        union all select p.known_as, p.family_name
                        union all select coalesce(nullif(n.given_name, ''), p.given_name), coalesce(nullif(n.family_name, ''), p.family_name)
                          from people_personname n where n.person_id = p.id) called
            where guard.plain(called.g) = guard.plain(trim(rights_people.given))
              and guard.plain(called.f) = guard.plain(trim(rights_people.family)))
     order by p.id limit 20
$$;
