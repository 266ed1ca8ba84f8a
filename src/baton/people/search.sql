-- Finding people by a name as somebody heard it, and a date of birth. Indexes cannot serve these operators under row security,
-- so one function of the owner searches, and gives only what the asker may know (docs/architecture.md).
create function guard.plain(words text) returns text language sql immutable parallel safe strict as
$$ select lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;

create index person_by_sound on people_person (dmetaphone(family_name), dmetaphone(given_name));
create index person_by_letters on people_person using gin (guard.plain(given_name || ' ' || family_name) gin_trgm_ops);

-- Everybody the words and the date could mean. `sure` is from 0 to 1. A person the asker may not open is given without id, name
-- or date, and only when both name and date of birth fit: enough to say "known, ask the hub", too little to browse with.
create function guard.search_people(words text, born date, most integer)
returns table (person_id bigint, family_id bigint, sure real, may_open boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    plain text := guard.plain(words);
    first_word text := split_part(trim(words), ' ', 1);
    last_word text := reverse(split_part(reverse(trim(words)), ' ', 1));
    swapped date;
    teams bigint[] := guard.team_ids();
    families bigint[] := guard.family_ids();
    hub boolean := guard.has_role('hub_adviser');
begin
    if guard.user_id() is null then return; end if;
    if born is not null and extract(day from born) <= 12 then
        swapped := make_date(extract(year from born)::int, extract(day from born)::int, extract(month from born)::int);
    end if;
    return query
    with candidate as materialized (
        select p.id, p.given_name, p.family_name, p.known_as, p.date_of_birth from people_person p
         where born is not null and p.date_of_birth in (born, swapped)
        union
        (select p.id, p.given_name, p.family_name, p.known_as, p.date_of_birth from people_person p
         where words <> '' and dmetaphone(p.family_name) = dmetaphone(last_word)
           and dmetaphone(p.given_name) = dmetaphone(first_word) limit 500)
        union
        (select p.id, p.given_name, p.family_name, p.known_as, p.date_of_birth from people_person p
         where born is null and words <> '' and guard.plain(p.given_name || ' ' || p.family_name) % plain limit 500)
    ), scored as (
        select c.id,
               greatest(similarity(guard.plain(c.given_name || ' ' || c.family_name), plain),
                        similarity(guard.plain(c.known_as || ' ' || c.family_name), plain)) as name_fits,
               case when born is null or c.date_of_birth is null then 0.5
                    when c.date_of_birth = born then 1
                    when c.date_of_birth = swapped then 0.8
                    else 0 end as date_fits
          from candidate c
    ), found as (
        select s.id, m.family_id, s.name_fits, s.date_fits,
               (case when words = '' then s.date_fits else 0.6 * s.name_fits + 0.4 * s.date_fits end)::real as sure,
               hub or f.team_id = any(teams) or f.id = any(families) as may_open
          from scored s
          join people_familymember m on m.person_id = s.id and m.until_on is null
          join people_family f on f.id = m.family_id
         where words = '' or s.name_fits >= 0.3
    )
    select case when found.may_open then found.id end, case when found.may_open then found.family_id end,
           found.sure, found.may_open
      from found
     where found.may_open or (found.date_fits = 1 and born is not null and found.name_fits >= 0.5)
     order by found.sure desc, found.id
     limit most;
end $$;
