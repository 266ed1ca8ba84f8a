-- Looking through everybody for two records of one person, a part at a time. The job that does so is nobody: it opens a context of its own,
-- in which it reads what people are compared by and writes suggestions, and nothing else.
create function guard.open_sweep() returns void language sql set search_path = public, pg_temp as $$
    select set_config('app.user_id', '', true), set_config('app.team_ids', '', true), set_config('app.family_ids', '', true),
           set_config('app.roles', '{sweeper}', true), set_config('app.holder', '', true)
$$;

-- Pairs worth weighing, of the people after one id and everybody: they share a birthday and half of a name, both names, or a number.
-- What somebody has already said to be two people is left out, also where one of them has since been merged into another.
create function guard.pairs_to_weigh(after bigint, people integer)
returns table (one bigint, other bigint, facts jsonb, other_facts jsonb, last bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not (guard.has_role('sweeper')) then return; end if;
    return query
    with part as materialized (
        select s.person_id from matching_searchedperson s where s.person_id > after order by s.person_id limit people
    ), ours as materialized (
        select n.* from part join matching_searchedname n on n.person_id = part.person_id
    ), pairs as (
        select o.person_id as a, t.person_id as b from ours o join matching_searchedname t
            on t.born = o.born and t.person_id <> o.person_id
           and (t.family_sound = o.family_sound or t.given_sound = o.given_sound or t.family = o.given)
        union
        select o.person_id, t.person_id from ours o cross join lateral (
            select n.person_id from matching_searchedname n
             where n.family_sound = o.family_sound and n.given_sound = o.given_sound and n.person_id <> o.person_id
               and (n.born is null or o.born is null or n.born between o.born - 366 and o.born + 366) limit 60) t
        union
        select k.person_id, t.person_id from part join matching_searchedkey k on k.person_id = part.person_id
          join matching_searchedkey t on t.value = k.value and t.kind = k.kind and t.person_id <> k.person_id
         where k.kind in ('nhs', 'upn', 'uln', 'phone')
    ), once as (
        select distinct least(a, b) as a, greatest(a, b) as b from pairs
    )
    select once.a, once.b, f.facts, t.facts, (select max(person_id) from part)
      from once join matching_searchedperson f on f.person_id = once.a join matching_searchedperson t on t.person_id = once.b
     where not guard.said_to_differ(once.a, once.b)
    union all
    select null, null, null, null, max(person_id) from part;
end $$;

-- Whether somebody has said that two people, or records since merged into theirs, are two.
create function guard.said_to_differ(one bigint, other bigint) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    with recursive mine as (
        select one as id union select m.merged_id from mine join matching_merge m on m.survivor_id = mine.id and m.undone_at is null
    ), theirs as (
        select other as id union select m.merged_id from theirs join matching_merge m on m.survivor_id = theirs.id and m.undone_at is null
    )
    select exists (select 1 from matching_possibleduplicate d, mine, theirs where d.state = 'different'
                      and d.one_id = least(mine.id, theirs.id) and d.other_id = greatest(mine.id, theirs.id))
$$;

-- Everybody, for a sweep that compares all with all in one go.
create function guard.everybody_compared() returns table (person_id bigint, facts jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.person_id, s.facts from matching_searchedperson s where guard.has_role('sweeper')
$$;

-- Of some pairs those that people may still be asked about: not said to be two, not recorded as related to each other, none merged away.
create function guard.worth_asking(ones bigint[], others bigint[]) returns table (one bigint, other bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if not guard.has_role('sweeper') then return; end if;
    return query
        select p.one, p.other from unnest(ones, others) p(one, other)
         where not guard.said_to_differ(p.one, p.other) and guard.why_two(p.one, p.other) is distinct from 'BM004'
           and not exists (select 1 from matching_merge m where m.merged_id in (p.one, p.other) and m.undone_at is null);
end $$;
