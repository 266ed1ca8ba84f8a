-- What information governance may know of families whose time is over. Families closed to the officer are not among them.

-- Families with nothing open, with when help and requests ended and when their children were born; only those whose last end lies before a day.
create function guard.kept_families(ended_before date, only_this bigint)
returns table (id bigint, name text, helped_until date, answered_on date, born date[], holds integer, open_work integer, open_requests integer)
language sql stable security definer set search_path = public, pg_temp as $$
    with ended as (
        select f.id, f.name,
               (select max((e.ended_at at time zone 'Europe/London')::date) from episodes_episode e where e.family_id = f.id) as helped_until,
               (select max((r.screened_at at time zone 'Europe/London')::date) from requests_helprequest r where r.family_id = f.id) as answered_on,
               ((select count(*) from episodes_episode e where e.family_id = f.id and e.ended_at is null)
                + (select count(*) from requests_helprequest r where r.family_id = f.id and r.screened_at is null))::int as open_work
          from people_family f
         where guard.has_role('governance') and f.id <> all(guard.closed_ids()) and (only_this is null or f.id = only_this)
    )
    select e.id, e.name::text, e.helped_until, e.answered_on,
           array(select p.date_of_birth from people_familymember m join people_person p on p.id = m.person_id
                  where m.family_id = e.id and m.part = 'child'),
           (select count(*)::int from rights_hold h where h.family_id = e.id and h.ended_at is null),
           e.open_work,
           (select count(*)::int from rights_accessrequest r where r.answered_on is null
               and exists (select from rights_subject s join people_familymember m on m.person_id = s.person_id
                            where s.request_id = r.id and m.family_id = e.id))
      from ended e
     where only_this is not null
        or (e.open_work = 0 and coalesce(e.helped_until, e.answered_on) < ended_before)
     order by coalesce(e.helped_until, e.answered_on), e.id
$$;

-- Families of whoever has this name and birthday, for a hold; none that are closed to the officer.
create function guard.families_to_hold(given text, family text, birthday date) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct m.family_id from people_person p join people_familymember m on m.person_id = p.id
     where guard.has_role('governance') and p.date_of_birth = birthday and p.id <> all(guard.closed_person_ids())
       and m.family_id <> all(guard.closed_ids()) and guard.plain(p.family_name) = guard.plain(trim(families_to_hold.family))
       and guard.plain(trim(given)) in (guard.plain(p.given_name), guard.plain(p.known_as))
$$;

create function guard.family_names(families bigint[]) returns table (id bigint, name text)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.id, f.name::text from people_family f
     where guard.has_role('governance') and f.id = any(families) and f.id <> all(guard.closed_ids())
$$;
