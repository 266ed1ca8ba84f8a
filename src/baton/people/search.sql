-- Finding people by a name as somebody heard it, and a date of birth. Indexes cannot serve these operators under row security,
-- so one function of the owner searches, and gives only what the asker may know (docs/architecture.md).
create function guard.plain(words text) returns text language sql immutable parallel safe strict as
$$ select lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;

create index person_by_sound on people_person (dmetaphone(family_name), dmetaphone(given_name));
create index person_by_letters on people_person
    using gin (guard.plain(given_name || ' ' || known_as || ' ' || family_name) gin_trgm_ops);

-- Everybody the words and the date could mean. `sure` is from 0 to 1. A person the asker may not open is given without id, name
-- or date, and only when both name and date of birth fit: enough to say "known, ask the hub", too little to browse with.
-- So only birthdays are looked up among everybody. Sound and letters are looked up by index for those who may open everything,
-- and among the people of the asker's own families for everybody else, whom no namesake elsewhere can crowd out.
create function guard.search_people(words text, born date, most integer)
returns table (person_id bigint, family_id bigint, sure real, may_open boolean)
language plpgsql stable security definer set search_path = public, pg_temp set pg_trgm.similarity_threshold = 0.4 as $$
declare
    plain text := guard.plain(trim(words));
    first_sound text := dmetaphone(split_part(trim(words), ' ', 1));
    last_sound text := dmetaphone(reverse(split_part(reverse(trim(words)), ' ', 1)));
    swapped date;
    teams bigint[] := guard.team_ids();
    families bigint[] := guard.family_ids();
    hub boolean := guard.has_role('hub_adviser');
    sees_all boolean := hub or guard.has_role('service_manager');
begin
    if guard.user_id() is null then return; end if;
    if born is not null and extract(day from born) <= 12 then
        swapped := make_date(extract(year from born)::int, extract(day from born)::int, extract(month from born)::int);
    end if;
    return query
    with mine as materialized (
        select p.id, p.given_name, p.known_as, p.family_name from people_family f
          join people_familymember m on m.family_id = f.id and m.until_on is null
          join people_person p on p.id = m.person_id
         where not sees_all and (f.team_id = any(teams) or f.id = any(families))
    ), likely as materialized (
        select p.id from people_person p where born is not null and p.date_of_birth in (born, swapped)
        union
        (select p.id from people_person p
          where sees_all and plain <> ''
            and dmetaphone(p.family_name) = last_sound and dmetaphone(p.given_name) = first_sound
          limit 300)
        union
        (select p.id from people_person p
          where sees_all and born is null and plain <> ''
            and guard.plain(p.given_name || ' ' || p.known_as || ' ' || p.family_name) % plain
          order by similarity(guard.plain(p.given_name || ' ' || p.known_as || ' ' || p.family_name), plain) desc
          limit 300)
        union
        select p.id from mine p
         where plain <> ''
           and ((dmetaphone(p.family_name) = last_sound and dmetaphone(p.given_name) = first_sound)
                or (born is null and guard.plain(p.given_name || ' ' || p.known_as || ' ' || p.family_name) % plain))
    ), scored as (
        select p.id,
               greatest(similarity(guard.plain(p.given_name || ' ' || p.family_name), plain),
                        similarity(guard.plain(p.known_as || ' ' || p.family_name), plain),
                        case when dmetaphone(p.family_name) = last_sound and dmetaphone(p.given_name) = first_sound
                             then 0.6 end) as name_fits,
               case when born is null or p.date_of_birth is null then 0.5
                    when p.date_of_birth = born then 1
                    when p.date_of_birth = swapped then 0.8
                    else 0 end as date_fits
          from likely join people_person p on p.id = likely.id
    ), found as (
        select s.id, m.family_id, s.name_fits, s.date_fits,
               (case when plain = '' then s.date_fits else 0.6 * s.name_fits + 0.4 * s.date_fits end)::real as sure,
               hub or f.team_id = any(teams) or f.id = any(families) as may_open
          from scored s
          join people_familymember m on m.person_id = s.id and m.until_on is null
          join people_family f on f.id = m.family_id
         where plain = '' or s.name_fits >= 0.3
    )
    select case when found.may_open then found.id end, case when found.may_open then found.family_id end,
           found.sure, found.may_open
      from found
     where found.may_open or (found.date_fits = 1 and born is not null and found.name_fits >= 0.5)
     order by found.sure desc, found.id
     limit most;
end $$;
