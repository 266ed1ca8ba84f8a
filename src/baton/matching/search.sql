-- Finding people. Under row security no index serves these questions, and a candidate must be weighed before anybody may know of
-- them: so the keys lie in tables nobody reads, and functions of the owner answer with what the asker may know (docs/architecture.md).

select similarity('', '');  -- loads pg_trgm: only then may a function of the owner name a setting of it

-- A name as it is looked up: baton.matching.likeness.facts.plain says the same in Python.
create function guard.bare(words text) returns text language sql immutable parallel safe strict as
$$ select trim(regexp_replace(translate(guard.plain(words), '''’', ''), '[^a-z0-9]+', ' ', 'g')) $$;

create function guard.sign(words text) returns text language sql immutable parallel safe strict as
$$ select regexp_replace(upper(words), '[^A-Z0-9]', '', 'g') $$;

-- Every name of some people: as they are called now and were before, and those of records that were merged into theirs.
create function guard.names_of(people bigint[]) returns table (person_id bigint, given text, family text, rank integer)
language sql stable set search_path = public, pg_temp as $$
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
    select n.person_id, guard.bare(n.given), guard.bare(n.family), min(n.rank) from named n group by 1, 2, 3
$$;

-- What some people are compared by, as likeness.facts.Facts has it.
create function guard.facts_of(people bigint[]) returns table (person_id bigint, facts jsonb)
language sql stable set search_path = public, pg_temp as $$
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
     where p.id = any(people)
$$;

-- Make the keys of some people anew. Whoever was merged into another is found under that one. teams.sql says it again, with teams.
create function guard.index_people(people bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from matching_searchedname where person_id = any(people);
    delete from matching_searchedkey where person_id = any(people);
    delete from matching_searchedperson where person_id = any(people);
    people := array(select p from unnest(people) p
                     where not exists (select 1 from matching_merge m where m.merged_id = p and m.undone_at is null));
    insert into matching_searchedperson (person_id, facts) select f.person_id, f.facts from guard.facts_of(people) f;
    -- A name of two words is found by each of them.
    insert into matching_searchedname (person_id, given, family, given_sound, family_sound, born)
    select distinct n.person_id, g, f, dmetaphone(g), dmetaphone(f), p.date_of_birth
      from guard.names_of(people) n join people_person p on p.id = n.person_id
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

-- Words that half of all schools have in their name.
create function guard.school_words() returns text[] language sql immutable parallel safe as
$$ select array['school', 'primary', 'academy', 'infant', 'infants', 'junior', 'nursery', 'college', 'church', 'england', 'special', 'high',
                'secondary', 'first', 'community', 'catholic', 'saint', 'grammar'] $$;

-- Whoever changes a person changes their keys. `app.index_later`, for the owner alone, leaves that to one rebuild at the end of a load.
create function guard.index_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    people bigint[];
begin
    if session_user = 'baton_owner' and current_setting('app.index_later', true) = 'on' then return null; end if;
    execute case tg_argv[0]
        when 'address' then 'select array_agg(distinct r.person_id) from changed c join people_residence r on r.address_id = c.id'
        else format('select array_agg(distinct %I) from changed', tg_argv[0]) end into people;
    if people is not null then perform guard.index_people(people); end if;
    return null;
end $$;

-- Make all keys anew, a part at a time. Returns how many people were indexed.
create function guard.index_everybody() returns bigint language plpgsql set search_path = public, pg_temp as $$
declare
    people bigint[];
    last bigint := 0;
    done bigint := 0;
begin
    truncate matching_searchedname, matching_searchedkey, matching_searchedperson;
    loop
        people := array(select id from people_person where id > last order by id limit 20000);
        exit when people = '{}';
        perform guard.index_people(people);
        last := people[array_upper(people, 1)];
        done := done + array_length(people, 1);
    end loop;
    return done;
end $$;
revoke execute on function guard.index_everybody(), guard.index_people(bigint[]), guard.facts_of(bigint[]), guard.names_of(bigint[])
  from public;

-- Who the words may mean, before they are weighed. `names` are plain words; `forms` every form of each as a first name. `days` are birthdays,
-- `from_on` to `to_on` an age or a year. `keys` are other signs as they were typed. `wide` looks for letters alike, which is slow.
-- People the asker may not open come without id or facts, and only where somebody of that very birthday has much the same name:
-- enough to say "known, ask the hub", too little to browse with.
create function guard.people_like(
    names text[], forms text[], days date[], from_on date, to_on date, keys text[], wide boolean, most integer)
returns table (person_id bigint, family_id bigint, facts jsonb)
language plpgsql stable security definer set search_path = public, pg_temp
    set pg_trgm.similarity_threshold = 0.4 set plan_cache_mode = force_custom_plan as $$
declare
    my_teams bigint[] := guard.team_ids();
    families bigint[] := guard.family_ids();
    hub boolean := guard.has_role('hub_adviser');
    sees_all boolean := hub or guard.has_role('service_manager');
    sounds text[] := array(select distinct dmetaphone(n) from unnest(names) n where dmetaphone(n) <> '');
    together text := array_to_string(names, ' ');
    found bigint[] := '{}';
begin
    if guard.user_id() is null then return; end if;
    if sees_all then
        found := guard.likely_by_index(names, forms, sounds, days, from_on, to_on, keys, wide, most, null);
    else
        found := guard.likely_by_index(names, forms, sounds, days, from_on, to_on, keys, wide, most, my_teams);
        -- Families they hold outside their teams are few: those people are weighed one by one.
        if families <> '{}' then
            with mine as materialized (
                select m.person_id as id from people_familymember m where m.family_id = any(families)
                union
                select p.id from people_person p where p.first_family_id = any(families)
            ), weighed as (
                select mine.id, max(case when s.born = any(days) then 2 else 0 end
                         + case when s.given = any(forms) then 1.5 when s.given_sound = any(sounds) then 1 else 0 end
                         + case when s.family = any(names) then 1.5 when s.family_sound = any(sounds) then 1 else 0 end
                         + case when s.given = any(names) and s.family = any(names) then 1 else 0 end
                         + case when s.family = any(forms) or s.given_sound = any(sounds) and s.family_sound = any(sounds) then 0.5 else 0 end
                         + case when s.born between from_on and to_on then 0.5 else 0 end
                         + 2 * similarity(s.given || ' ' || s.family, together)
                         + case when exists (select 1 from unnest(names) n where length(n) > 1 and (s.given like n || '%' or s.family like n || '%'))
                                then 1 else 0 end) as weight
                  from mine join matching_searchedname s on s.person_id = mine.id group by mine.id
                union all
                select k.person_id, 3 from matching_searchedkey k join mine on mine.id = k.person_id
                 where k.value = any(keys) or k.kind = 'school' and k.value = any(names)
            )
            select array(select id from weighed where weight >= 0.8 group by id order by sum(weight) desc, id limit most) || found into found;
        end if;
    end if;
    found := array(select id from unnest(found) with ordinality each(id, place)
                    where id <> all(guard.closed_person_ids()) group by id order by min(place) limit most);
    return query
        select p.id, f.id, s.facts
          from unnest(found) p(id) join matching_searchedperson s on s.person_id = p.id
          join lateral (
            select m.family_id as id from people_familymember m join people_family held on held.id = m.family_id
             where m.person_id = p.id and held.id <> all(guard.closed_ids()) and (sees_all or held.team_id = any(my_teams) or held.id = any(families))
             order by m.until_on desc nulls first, m.id desc limit 1) f on true;
    if not sees_all and cardinality(names) > 1 and exists (
        select 1 from matching_searchedname s where s.born = days[1] and s.person_id <> all(guard.closed_person_ids())
           and (similarity(s.given || ' ' || s.family, together) >= 0.5
                or (s.given_sound = any(sounds) and s.family_sound = any(sounds) and s.given_sound <> s.family_sound))
           and not exists (select 1 from people_familymember m join people_family held on held.id = m.family_id
                            where m.person_id = s.person_id and (held.team_id = any(my_teams) or held.id = any(families))))
    then
        return query select null::bigint, null::bigint, null::jsonb;
    end if;
end $$;

-- The same by one index after another, among everybody or the people of some teams. Each way in has an end, so that a common name does
-- not hide the rest. (`guard.names_in` stands in teams.sql.)
create function guard.likely_by_index(
    names text[], forms text[], sounds text[], days date[], from_on date, to_on date, keys text[], wide boolean, most integer,
    of_teams bigint[])
returns bigint[] language plpgsql stable set search_path = public, pg_temp
    set pg_trgm.similarity_threshold = 0.4 set plan_cache_mode = force_custom_plan as $$
declare
    hits bigint[] := '{}';
    part bigint[];
    several boolean := cardinality(names) > 1;
    day date;
    word text;
    months daterange;
begin
    if keys <> '{}' then
        hits := array(select k.person_id from matching_searchedkey k where k.value = any(keys)
             and exists (select 1 from guard.names_in(of_teams) s where s.person_id = k.person_id) limit 300);
        hits := hits || hits || hits;
    end if;
    if several then
        hits := hits
            || array(select s.person_id from guard.names_in(of_teams) s where s.family = any(names) and s.given = any(forms) limit 200)
            || array(select s.person_id from guard.names_in(of_teams) s
                      where s.family_sound = any(sounds) and s.given_sound = any(sounds) and (from_on is null or s.born between from_on and to_on)
                      limit 200);
        foreach word in array names loop
            if length(word) > 1 then
                hits := hits || array(select s.person_id from guard.names_in(of_teams) s
                    where s.family = any(names) and s.given >= word and s.given < word || '~' limit 60)
                || array(select s.person_id from guard.names_in(of_teams) s
                    where s.given = any(forms) and s.family >= word and s.family < word || '~' and s.family <> word limit 60);
            end if;
        end loop;
        hits := hits || array(
            select k.person_id from matching_searchedkey k join guard.names_in(of_teams) s on s.person_id = k.person_id
             where k.kind = 'school' and k.value = any(names) and (s.given = any(forms) or s.family = any(names)) limit 100);
    end if;
    if days <> '{}' then
        part := array(select s.person_id from guard.names_in(of_teams) s where s.born = any(days) limit 600);
        hits := hits || part;
        if names <> '{}' then
            hits := hits || array(select s.person_id from guard.names_in(of_teams) s
                where s.born = any(days)
                  and (s.family = any(names) or s.given = any(forms) or s.family_sound = any(sounds) or s.given_sound = any(sounds)));
            foreach day in array days[1:1] loop
                hits := hits || array(select s.person_id from guard.names_in(of_teams) s where s.given = any(forms)
                       and s.born between date_trunc('month', day)::date and (date_trunc('month', day) + interval '1 month - 1 day')::date limit 150)
                || array(select s.person_id from guard.names_in(of_teams) s where s.family = any(names)
                       and s.born between date_trunc('year', day)::date and (date_trunc('year', day) + interval '1 year - 1 day')::date limit 150);
            end loop;
        end if;
    elsif from_on is not null and names <> '{}' then
        hits := hits
            || array(select s.person_id from guard.names_in(of_teams) s where s.given = any(forms) and s.born between from_on and to_on limit 150)
            || array(select s.person_id from guard.names_in(of_teams) s where s.family = any(names) and s.born between from_on and to_on limit 150);
    elsif names <> '{}' and not several then
        word := names[1];
        hits := hits
            || array(select s.person_id from guard.names_in(of_teams) s where s.family = word limit 120)
            || array(select s.person_id from guard.names_in(of_teams) s where s.given = any(forms) limit 120)
            || array(select s.person_id from guard.names_in(of_teams) s where s.family >= word and s.family < word || '~' limit 60)
            || array(select s.person_id from guard.names_in(of_teams) s where s.given >= word and s.given < word || '~' limit 60)
            || array(select s.person_id from guard.names_in(of_teams) s where s.family_sound = any(sounds) limit 60);
    end if;
    if wide and names <> '{}' then
        hits := hits || array(select s.person_id from guard.names_in(of_teams) s where (s.given || ' ' || s.family) % array_to_string(names, ' ')
             order by similarity(s.given || ' ' || s.family, array_to_string(names, ' ')) desc limit 60);
    end if;
    return array(select id from unnest(hits) id group by id order by count(*) desc, id limit most);
end $$;
revoke execute on function guard.likely_by_index(text[], text[], text[], date[], date, date, text[], boolean, integer, bigint[]) from public;
create index searched_by_letters on matching_searchedname using gin ((given || ' ' || family) gin_trgm_ops);
