-- Two records of one person made one, and made two again. Everything that refers to a person is found in PostgreSQL's own catalogue, so that
-- a new table cannot be forgotten. These functions of the owner move rows the asker may not see (the hub joins records and never reads
-- casework): they return nothing of them.

-- Every column that refers to a row of a table, by the key of its own table. Tables that follow from persons, or tell of merges, stay out.
create function guard.references_to(target regclass) returns table (tbl regclass, col name, pk name, family boolean)
language sql stable set search_path = public, pg_temp as $$
    select c.conrelid::regclass, a.attname, k.attname,
           exists (select 1 from pg_attribute f where f.attrelid = c.conrelid and f.attname = 'family_id' and not f.attisdropped)
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      join pg_index i on i.indrelid = c.conrelid and i.indisprimary
      join pg_attribute k on k.attrelid = c.conrelid and k.attnum = i.indkey[0]
     where c.contype = 'f' and c.confrelid = target and c.connamespace = 'public'::regnamespace
       and c.conrelid::regclass::text not in ('matching_searchedperson', 'matching_searchedname', 'matching_searchedkey',
                                              'matching_possibleduplicate', 'matching_merge', 'matching_moved')
     order by c.conrelid::regclass::text, a.attname
$$;

-- How a row yields that cannot stand beside one the survivor has: a second legal name becomes another name, a second main home a second home.
create function guard.gives_way(tbl regclass) returns text language sql immutable as $$
    select case tbl::text when 'people_personname' then 'kind = ''alias''' when 'people_residence' then 'kind = ''second'''
                          when 'people_setting' then 'is_second = true' when 'people_contactpoint' then 'is_preferred = false' end
$$;

create function guard.may_merge(one bigint, other bigint) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select guard.has_role('hub_adviser')
        or ((guard.has_role('team_manager') or guard.has_role('service_manager')) and guard.holds_person(one) and guard.holds_person(other))
$$;

-- Who a person is now: themselves, or whoever their record was merged into.
create function guard.survivor_of(person bigint) returns bigint language sql stable security definer set search_path = public, pg_temp as $$
    with recursive whom as (
        select person as id union select m.survivor_id from whom w join matching_merge m on m.merged_id = w.id and m.undone_at is null
    ) select id from whom w where not exists (select 1 from matching_merge m where m.merged_id = w.id and m.undone_at is null)
$$;

-- The row that another cannot stand beside once it says the survivor, by any unique or exclusion constraint of the table.
create function guard.row_in_the_way(tbl regclass, col name, pk name, id bigint, survivor bigint) returns bigint
language plpgsql stable set search_path = public, pg_temp as $$
declare
    ix record;
    keys text;
    fits text;
    found bigint;
begin
    for ix in select i.indexrelid, i.indnkeyatts, pg_get_expr(i.indpred, i.indrelid) as pred, c.conexclop
                from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype = 'x'
               where i.indrelid = tbl and (i.indisunique or i.indisexclusion) and not i.indisprimary
    loop
        select string_agg(format('(%s) as k%s', pg_get_indexdef(ix.indexrelid, n, true), n), ', '),
               string_agg(format('a.k%s operator(%I.%s) b.k%s', n, coalesce(o.schema, 'pg_catalog'), coalesce(o.oprname, '='), n), ' and ')
          into keys, fits
          from generate_series(1, ix.indnkeyatts) n
          left join lateral (select p.oprname, s.nspname as schema from pg_operator p join pg_namespace s on s.oid = p.oprnamespace
                              where p.oid = ix.conexclop[n]) o on true;
        continue when keys not like '%' || col || '%';
        execute format('select a.id from (select %1$I as id, %2$s from %3$s where %1$I <> $2 and %4$s) a,
                               (select %2$s from (select (jsonb_populate_record(t, jsonb_build_object(%5$L, $1))).* from %3$s t where t.%1$I = $2) moved
                                 where %4$s) b
                         where %6$s limit 1', pk, keys, tbl, coalesce(ix.pred, 'true'), col, fits) into found using survivor, id;
        if found is not null then return found; end if;
    end loop;
    return null;
end $$;

-- Whether a row that says the survivor in one column says another person of the same merge in another: somebody beside themselves.
create function guard.is_beside_themselves(tbl regclass, col name, pk name, id bigint, survivor bigint) returns boolean
language plpgsql stable set search_path = public, pg_temp as $$
declare
    ref record;
    found boolean;
begin
    for ref in select * from guard.references_to('people_person') r where r.tbl = is_beside_themselves.tbl and r.col <> is_beside_themselves.col loop
        execute format('select %I = $1 from %s where %I = $2', ref.col, tbl, pk) into found using survivor, id;
        if found then return true; end if;
    end loop;
    return false;
end $$;

-- Write one value into one row and into the ledger.
create function guard.move_value(merge bigint, tbl regclass, pk name, id bigint, col name, was bigint, becomes bigint) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
    execute format('update %s set %I = $1 where %I = $2', tbl, col, pk) using becomes, id;
    insert into matching_moved (merge_id, what, table_name, row_id, column_name, before, after, is_undone)
    values (merge, 'moved', tbl::text, id, col, to_jsonb(was), to_jsonb(becomes), false);
end $$;

-- Change columns of one row by an SQL clause, and keep in the ledger what each was.
create function guard.change_row(merge bigint, tbl regclass, pk name, id bigint, clause text) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
    was jsonb;
    becomes jsonb;
begin
    execute format('select to_jsonb(t) from %s t where %I = $1', tbl, pk) into was using id;
    execute format('update %s t set %s where %I = $1 returning to_jsonb(t)', tbl, clause, pk) into becomes using id;
    insert into matching_moved (merge_id, what, table_name, row_id, column_name, before, after, is_undone)
    select merge, 'changed', tbl::text, id, key, value, becomes -> key, false
      from jsonb_each(was) where becomes -> key is distinct from value and key <> 'version';
end $$;

-- Move one row; where it cannot stand beside the survivor's own, it gives way; where it cannot do that, it is folded into theirs.
create function guard.move_row(merge bigint, tbl regclass, pk name, id bigint, col name, was bigint, becomes bigint) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
    begin
        perform guard.move_value(merge, tbl, pk, id, col, was, becomes);
    exception when unique_violation or exclusion_violation or check_violation then
        begin
            if guard.gives_way(tbl) is null then raise unique_violation; end if;
            perform guard.change_row(merge, tbl, pk, id, guard.gives_way(tbl));
            perform guard.move_value(merge, tbl, pk, id, col, was, becomes);
        exception when unique_violation or exclusion_violation or check_violation then
            perform guard.fold_row(merge, tbl, pk, id, col, becomes);
        end;
    end;
end $$;

-- Take a row away whose like the survivor has, or that would put somebody beside themselves; what referred to it refers to theirs from
-- now on. The ledger keeps it whole, and which row it was folded into. Any other row that cannot stand stops the merge.
create function guard.fold_row(merge bigint, tbl regclass, pk name, id bigint, col name, survivor bigint) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
    kept bigint := guard.row_in_the_way(tbl, col, pk, id, survivor);
    ref record;
    referring bigint;
    whole jsonb;
begin
    if kept is null and not guard.is_beside_themselves(tbl, col, pk, id, survivor) then
        raise exception 'row % of % can neither move nor be folded', id, tbl using errcode = 'BM001';
    end if;
    for ref in select * from guard.references_to(tbl) loop
        for referring in execute format('select %I from %s where %I = $1 order by 1', ref.pk, ref.tbl, ref.col) using id loop
            if kept is null then raise exception 'row % of % cannot be folded', id, tbl using errcode = 'BM001'; end if;
            perform guard.move_row(merge, ref.tbl, ref.pk, referring, ref.col, id, kept);
        end loop;
    end loop;
    execute format('select to_jsonb(t) from %s t where %I = $1', tbl, pk) into whole using id;
    execute format('delete from %s where %I = $1', tbl, pk) using id;
    insert into matching_moved (merge_id, what, table_name, row_id, column_name, before, after, is_undone)
    values (merge, 'folded', tbl::text, id, '', whole, to_jsonb(kept), false);
end $$;

-- Why two records cannot be of one person by what is recorded of them, as the code of an error; areas above say it (relationships).
create function guard.why_two(one bigint, other bigint) returns text language plpgsql stable set search_path = public, pg_temp as
$$ begin return null; end $$;

-- Make two records one. `taken` are the columns of people_person whose value is to be the merged one's. Returns the id of the merge.
create function guard.merge_people(survivor bigint, merged bigint, taken text[], why text, at timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    merge bigint;
    ref record;
    id bigint;
    clause text;
    theirs bigint[] := '{}';
    ours bigint[] := '{}';
    few bigint[];
    refused text;
begin
    if not guard.may_merge(survivor, merged) then raise exception 'not for this person' using errcode = 'BM002'; end if;
    perform 1 from people_person p where p.id in (survivor, merged) order by p.id for update;
    if exists (select 1 from matching_merge m where m.merged_id in (survivor, merged) and m.undone_at is null) then
        raise exception 'one of them is merged away' using errcode = 'BM003';
    end if;
    refused := guard.why_two(survivor, merged);
    if refused is not null then raise exception 'they are recorded as two people' using errcode = refused; end if;
    for ref in select * from guard.references_to('people_person') where family loop
        execute format('select array_agg(distinct family_id) from %s where %I = $1', ref.tbl, ref.col) into few using merged;
        theirs := theirs || coalesce(few, '{}');
        execute format('select array_agg(distinct family_id) from %s where %I = $1', ref.tbl, ref.col) into few using survivor;
        ours := ours || coalesce(few, '{}');
    end loop;
    insert into matching_merge (survivor_id, merged_id, reason, made_at, made_by_id, undone_reason, families)
    values (survivor, merged, why, at, guard.user_id(), '',
            array(select distinct f from unnest(theirs) f where f is not null and f <> all (ours)))
    returning matching_merge.id into merge;
    if taken && array['given_name', 'family_name'] then perform guard.step_aside(merge, 'people_personname', survivor, 'kind = ''legal'''); end if;
    if taken && array['address', 'postcode'] then perform guard.step_aside(merge, 'people_residence', survivor, 'kind = ''main'''); end if;
    if 'school' = any(taken) then perform guard.step_aside(merge, 'people_setting', survivor, 'kind <> ''gp'' and not is_second'); end if;
    for ref in select * from guard.references_to('people_person') loop
        for id in execute format('select %I from %s where %I = $1 order by 1', ref.pk, ref.tbl, ref.col) using merged loop
            perform guard.move_row(merge, ref.tbl, ref.pk, id, ref.col, merged, survivor);
        end loop;
    end loop;
    select string_agg(format('%I = (select m.%I from people_person m where m.id = %s)', a.attname, a.attname, merged), ', ')
      into clause from pg_attribute a
     where a.attrelid = 'people_person'::regclass and a.attname = any(taken)
       and a.attname not in ('id', 'first_family_id', 'version', 'changed_by_id');
    if clause is not null then perform guard.change_row(merge, 'people_person', 'id', survivor, clause); end if;
    update people_person p set version = p.version + 1 where p.id in (survivor, merged);
    perform guard.index_people(array[survivor, merged]);
    return merge;
end $$;

-- The survivor's present name, home or school makes room for the one that was chosen.
create function guard.step_aside(merge bigint, tbl regclass, person bigint, present text) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
    id bigint;
begin
    for id in execute format('select id from %s where person_id = $1 and until_on is null and %s order by id', tbl, present) using person loop
        perform guard.change_row(merge, tbl, 'id', id, guard.gives_way(tbl));
    end loop;
end $$;

-- The steps of later merges that carried one value of one row on from where this merge had put it, and where it stands at their end.
create function guard.carried_on(step bigint) returns table (steps bigint[], stands jsonb) language plpgsql stable set search_path = public, pg_temp as $$
declare
    first matching_moved;
    next record;
begin
    select * into first from matching_moved where id = step;
    steps := '{}';
    stands := first.after;
    loop
        select e.id, e.after into next from matching_moved e join matching_merge m on m.id = e.merge_id and m.undone_at is null
         where e.table_name = first.table_name and e.row_id = first.row_id and e.column_name = first.column_name and e.what = 'moved'
           and not e.is_undone and e.before = stands and e.id > step and e.id <> all (steps) order by e.id limit 1;
        exit when not found;
        steps := steps || next.id;
        stands := next.after;
    end loop;
    return next;
end $$;

-- Put a row back that was folded away, and lead back to it what referred to it.
create function guard.unfold(step bigint) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    entry matching_moved;
    columns text;
    pk name;
    ref record;
    moved record;
begin
    select * into entry from matching_moved where id = step;
    select string_agg(quote_ident(a.attname), ', ') into columns from pg_attribute a
     where a.attrelid = entry.table_name::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
    execute format('insert into %1$s (%2$s) select %2$s from jsonb_populate_record(null::%1$s, $1)', entry.table_name, columns) using entry.before;
    update matching_moved set is_undone = true where id = step;
    for ref in select * from guard.references_to(entry.table_name::regclass) loop
        for moved in select e.* from matching_moved e where e.merge_id = entry.merge_id and e.what = 'moved' and not e.is_undone
                        and e.table_name = ref.tbl::text and e.column_name = ref.col and e.before = to_jsonb(entry.row_id) order by e.id desc loop
            execute format('update %s set %I = $1 where %I = $2 and %I = $3', ref.tbl, ref.col, ref.pk, ref.col)
              using entry.row_id, moved.row_id, (moved.after #>> '{}')::bigint;
            update matching_moved set is_undone = true where id = moved.id;
        end loop;
    end loop;
end $$;

-- Give one column of one row its value back, unless it was changed since; a later merge that changed it then gives back this value instead.
-- False where the row cannot stand like that yet.
create function guard.change_back(step bigint) returns boolean language plpgsql set search_path = public, pg_temp as $$
declare
    entry matching_moved;
    pk name;
    done integer;
begin
    select * into entry from matching_moved where id = step;
    select k.attname into pk from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = i.indkey[0]
     where i.indrelid = entry.table_name::regclass and i.indisprimary;
    execute format('update %1$s t set %2$I = (jsonb_populate_record(null::%1$s, jsonb_build_object(%2$L, $1))).%2$I
                     where %3$I = $2 and to_jsonb(t) -> %2$L = $3', entry.table_name, entry.column_name, pk)
      using entry.before, entry.row_id, entry.after;
    get diagnostics done = row_count;
    if done = 0 then
        update matching_moved e set before = entry.before where e.id = (
            select l.id from matching_moved l join matching_merge m on m.id = l.merge_id and m.undone_at is null
             where l.table_name = entry.table_name and l.row_id = entry.row_id and l.column_name = entry.column_name
               and l.what = 'changed' and not l.is_undone and l.id > step and l.before = entry.after order by l.id limit 1);
    end if;
    return true;
exception when unique_violation or exclusion_violation or check_violation then
    return false;
end $$;

-- A value that can only be given back when a later merge is undone too is written into that one's ledger.
create function guard.leave_to_later_merge(step bigint) returns void language plpgsql set search_path = public, pg_temp as $$
begin
    insert into matching_moved (merge_id, what, table_name, row_id, column_name, before, after, is_undone)
    select later.id, e.what, e.table_name, e.row_id, e.column_name, e.before, e.after, false
      from matching_moved e join matching_merge m on m.id = e.merge_id
      join matching_merge later on later.undone_at is null and later.id > m.id
       and (later.survivor_id = m.survivor_id
            or exists (select 1 from matching_moved l where l.merge_id = later.id and l.what = 'moved' and not l.is_undone
                          and l.table_name = e.table_name and l.row_id = e.row_id))
     where e.id = step order by later.id limit 1;
end $$;

-- Make two records again of one. What was moved goes back, unless later work has put it elsewhere on purpose; what was changed goes back,
-- unless it was changed since; and what was done since in a family only the merged one stood in goes with them.
create function guard.undo_merge(merge bigint, why text, at timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    undone matching_merge;
    entry matching_moved;
    chain record;
    ref record;
    pk name;
    holder bigint;
    their_families bigint[];
    fold bigint;
    step bigint;
    waiting bigint[] := '{}';
begin
    select * into undone from matching_merge m where m.id = merge and m.undone_at is null for update;
    if undone.id is null then raise exception 'not a standing merge' using errcode = 'BM003'; end if;
    if not guard.may_merge(undone.survivor_id, undone.merged_id) then raise exception 'not for this person' using errcode = 'BM002'; end if;
    perform 1 from people_person p where p.id in (undone.survivor_id, undone.merged_id) order by p.id for update;
    for entry in select * from matching_moved e where e.merge_id = merge order by e.id desc loop
        continue when (select is_undone from matching_moved where id = entry.id);
        select k.attname into pk from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = i.indkey[0]
         where i.indrelid = entry.table_name::regclass and i.indisprimary;
        if entry.what = 'folded' then
            perform guard.unfold(entry.id);
        elsif entry.what = 'changed' then
            if not guard.change_back(entry.id) then waiting := waiting || entry.id; continue; end if;
        else
            select * into chain from guard.carried_on(entry.id);
            -- A row that a later merge folded away comes back first.
            select e.id into fold from matching_moved e join matching_merge m on m.id = e.merge_id and m.undone_at is null
             where e.table_name = entry.table_name and e.row_id = entry.row_id and e.what = 'folded' and not e.is_undone and e.id > entry.id
             order by e.id limit 1;
            if fold is not null then
                update matching_moved e set before = jsonb_set(e.before, array[entry.column_name], entry.before) where e.id = fold;
                perform guard.unfold(fold);
            else
                execute format('update %s set %I = $1 where %I = $2 and %I = $3', entry.table_name, entry.column_name, pk, entry.column_name)
                  using (entry.before #>> '{}')::bigint, entry.row_id, (chain.stands #>> '{}')::bigint;
            end if;
            update matching_moved e set is_undone = true where e.id = any(chain.steps);
            -- Where later merges carried it on, it may have had to give way there.
            for fold in select e.id from matching_moved e join matching_merge m on m.id = e.merge_id and m.undone_at is null
                         where e.table_name = entry.table_name and e.row_id = entry.row_id and e.what = 'changed' and not e.is_undone
                           and e.id > entry.id and e.merge_id <> merge order by e.id desc loop
                if guard.change_back(fold) then update matching_moved e set is_undone = true where e.id = fold; end if;
            end loop;
        end if;
        update matching_moved e set is_undone = true where e.id = entry.id;
    end loop;
    foreach step in array waiting loop
        if not guard.change_back(step) then perform guard.leave_to_later_merge(step); end if;
        update matching_moved e set is_undone = true where e.id = step;
    end loop;
    holder := undone.survivor_id;
    their_families := undone.families;
    loop
        for ref in select * from guard.references_to('people_person') where family loop
            execute format('update %s set %I = $1 where %I = $2 and family_id = any($3)', ref.tbl, ref.col, ref.col)
              using undone.merged_id, holder, their_families;
        end loop;
        select m.survivor_id, array(select f from unnest(their_families) f where f = any(m.families)) as families into chain
          from matching_merge m where m.merged_id = holder and m.undone_at is null and m.id <> merge;
        exit when not found;
        holder := chain.survivor_id;
        their_families := chain.families;
    end loop;
    -- What later merges had carried on of that later work is not theirs to give back any more.
    update matching_moved e set is_undone = true from matching_merge m
     where m.id = e.merge_id and m.undone_at is null and m.id <> merge and e.what = 'moved' and not e.is_undone
       and e.before = to_jsonb(undone.survivor_id) and guard.now_refers_to(e.table_name, e.column_name, e.row_id) = undone.merged_id;
    update matching_merge m set undone_at = undo_merge.at, undone_by_id = guard.user_id(), undone_reason = why where m.id = merge;
    update people_person p set version = p.version + 1 where p.id in (undone.survivor_id, undone.merged_id);
    perform guard.index_people(array[undone.survivor_id, undone.merged_id, holder]);
    return merge;
end $$;

create function guard.now_refers_to(tbl text, col text, id bigint) returns bigint language plpgsql stable set search_path = public, pg_temp as $$
declare
    found bigint;
begin
    execute format('select %I from %s where id = $1', col, tbl) into found using id;
    return found;
end $$;

-- Where a row is now that was folded into another, or who a person is who was made one with another; null where the asker may not open it.
create function guard.now_at(tbl text, id bigint) returns bigint language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    now_at bigint := id;
    step record;
begin
    if tbl = 'people_person' then
        now_at := guard.survivor_of(id);
        if now_at = id or now_at = any(guard.closed_person_ids()) or not (guard.holds_person(now_at) or guard.has_role('hub_adviser')) then return null; end if;
        return now_at;
    end if;
    for _ in 1..20 loop
        select (e.before ->> 'family_id')::bigint as family, (e.after #>> '{}')::bigint as kept,
               guard.survivor_of(coalesce(e.before ->> 'person_id', e.before ->> 'child_id')::bigint) as person into step
          from matching_moved e where e.table_name = tbl and e.row_id = now_at and e.what = 'folded' and not e.is_undone order by e.id desc limit 1;
        exit when not found or step.kept is null;
        if step.family is null then -- a home, or who is responsible: seen by whoever holds a family of the person
            if step.person = any(guard.closed_person_ids()) or not guard.holds_person(step.person) then return null; end if;
        elsif not guard.holds(step.family) or step.family = any(guard.closed_ids()) then
            return null;
        end if;
        now_at := step.kept;
    end loop;
    return nullif(now_at, id);
end $$;

revoke execute on function guard.why_two(bigint, bigint), guard.is_beside_themselves(regclass, name, name, bigint, bigint),
    guard.row_in_the_way(regclass, name, name, bigint, bigint), guard.move_value(bigint, regclass, name, bigint, name, bigint, bigint), guard.unfold(bigint),
    guard.change_back(bigint), guard.leave_to_later_merge(bigint), guard.carried_on(bigint), guard.now_refers_to(text, text, bigint),
    guard.change_row(bigint, regclass, name, bigint, text), guard.move_row(bigint, regclass, name, bigint, name, bigint, bigint),
    guard.fold_row(bigint, regclass, name, bigint, name, bigint), guard.step_aside(bigint, regclass, bigint, text) from public;
