-- Figures without identity, for whoever may see no family: counts of one quarter that is over, one breakdown at a time, small numbers hidden.
-- A quarter is the only thing that may be chosen, and two breakdowns are never crossed, so that no two answers differ by a few families.
-- Families closed to the asker are in no count. What is hidden, and why it cannot be worked out: docs/decisions, "Figures hide small numbers".

-- Of a table whose cells add up to a total that is shown. Where one cell is below five, the three smallest are hidden, and more until they
-- make five together: one alone would be the total less the others, and of two, whoever knows the rule could sometimes tell.
create function guard.hides(n bigint, place bigint, few bigint, before numeric, total numeric) returns boolean
language sql immutable parallel safe as
$$ select total < 5 or (few > 0 and (place <= greatest(few, 3) or before < 5)) $$;

-- What is counted: for each table (tab), part of it and cell, how many in the quarter. A cell that had nothing this quarter is there when
-- the two years before had something, so that its being there says nothing.
create function guard.counted(begins timestamptz, ends timestamptz) returns table (tab text, part text, cell text, n bigint)
language sql stable set search_path = public, pg_temp as $$
    with closed as materialized (
        select unnest(guard.closed_ids()) as family_id
    ), asked as materialized (
        select r.*, r.received_at at time zone 'Europe/London' as local, r.received_at >= begins as now,
               exists (select from requests_helprequest o where o.family_id = r.family_id and o.id <> r.id
                          and o.received_at < r.received_at and o.received_at >= r.received_at - interval '12 months') as again
          from requests_helprequest r
         where r.received_at >= begins - interval '2 years' and r.received_at < ends
           and (r.family_id is null or r.family_id not in (select family_id from closed))
           and not exists (select from requests_requestperson p where p.request_id = r.id and p.person_id = any(guard.closed_person_ids()))
    ), helped as materialized (
        select e.*, e.opened_at at time zone 'Europe/London' as opened, e.ended_at at time zone 'Europe/London' as ended,
               e.opened_at >= begins as now, coalesce(e.ended_at >= begins and e.ended_at < ends, false) as over,
               coalesce(t.locality_id::text, '-') as locality
          from episodes_episode e join platform_team t on t.id = e.team_id
         where e.opened_at < ends and (e.ended_at is null or e.ended_at >= begins or e.opened_at >= begins - interval '2 years')
           and e.family_id not in (select family_id from closed)
    ), due as (
        select d.timescale, coalesce(d.framework_lasts_until, d.lasts_until) as until_at, d.met_at
          from episodes_deadline d join episodes_episode e on e.id = d.episode_id
         where d.lasts_until is not null and coalesce(d.framework_lasts_until, d.lasts_until) >= begins
           and coalesce(d.framework_lasts_until, d.lasts_until) < ends and d.family_id not in (select family_id from closed)
           and (d.state <> 'ended_unmet' or e.ended_at > coalesce(d.framework_lasts_until, d.lasts_until))
    ), children as (
        select p.sex, p.ethnicity, extract(year from age((ends at time zone 'Europe/London')::date, p.date_of_birth))::int as years
          from helped h join people_familymember m on m.family_id = h.family_id and m.part = 'child'
          join people_person p on p.id = m.person_id
         where (h.ended_at is null or h.ended_at >= ends) and m.from_on < (ends at time zone 'Europe/London')::date
           and (m.until_on is null or m.until_on >= (ends at time zone 'Europe/London')::date)
    )
    select 'requests.month', '', to_char(month, 'YYYY-MM'), count(a.id)
      from generate_series(begins at time zone 'Europe/London', ends at time zone 'Europe/London' - interval '1 month', interval '1 month') month
      left join asked a on a.now and date_trunc('month', a.local) = month group by 3
    union all select 'requests.source', '', source, count(*) filter (where now) from asked group by 3
    union all select 'requests.agency', '', coalesce(nullif(enquirer_organisation_kind, ''), '-'), count(*) filter (where now) from asked group by 3
    union all select 'requests.reason', '', reason, count(*) filter (where now) from asked, unnest(reasons) reason group by 3
    union all select 'requests.outcome', '', coalesce(nullif(decision, ''), '-'), count(*) filter (where now) from asked group by 3
    union all select 'requests.repeat', '', case when kind.again then 'again' else 'first' end, count(a.id)
      from (values (true), (false)) kind (again) left join asked a on a.now and a.again = kind.again group by 3
    union all select 'opened.month', '', to_char(month, 'YYYY-MM'), count(h.id)
      from generate_series(begins at time zone 'Europe/London', ends at time zone 'Europe/London' - interval '1 month', interval '1 month') month
      left join helped h on h.now and date_trunc('month', h.opened) = month group by 3
    union all select 'opened.route', '', kind.route, count(h.id)
      from (values ('request'), ('step_down')) kind (route) left join helped h on h.now and h.route = kind.route group by 3
    union all select 'opened.level', '', coalesce(level::text, '-'), count(*) filter (where now) from helped group by 3
    union all select 'opened.reason', '', reason, count(*) filter (where now) from helped, unnest(reasons) reason group by 3
    union all select 'opened.locality', '', locality, count(*) filter (where now) from helped group by 3
    union all select 'opened.team', locality, team_id::text, count(*) filter (where now) from helped group by 2, 3
    union all select 'ended.month', '', to_char(month, 'YYYY-MM'), count(h.id)
      from generate_series(begins at time zone 'Europe/London', ends at time zone 'Europe/London' - interval '1 month', interval '1 month') month
      left join helped h on h.over and date_trunc('month', h.ended) = month group by 3
    union all select 'ended.how', '', kind.state, count(h.id)
      from (values ('closed'), ('stepped_up')) kind (state) left join helped h on h.over and h.state = kind.state group by 3
    union all select 'ended.length', '', band.cell, count(h.id)
      from (values ('3', 0, 3), ('6', 3, 6), ('9', 6, 9), ('12', 9, 12), ('more', 12, 1200)) band (cell, over_months, months)
      left join helped h on h.over and h.ended > h.opened + make_interval(months => over_months)
                        and h.ended <= h.opened + make_interval(months => band.months) group by 3
    union all select 'ended.locality', '', locality, count(*) filter (where over) from helped group by 3
    union all select 'ended.team', locality, team_id::text, count(*) filter (where over) from helped group by 2, 3
    union all select 'timely.' || r.timescale, '', kind.cell, count(d.timescale)
      from (select distinct timescale from due) r cross join (values ('on_time'), ('late')) kind (cell)
      left join due d on d.timescale = r.timescale and (coalesce(d.met_at <= d.until_at, false)) = (kind.cell = 'on_time') group by 1, 3
    union all select 'now.level', '', coalesce(level::text, '-'), count(*) filter (where ended_at is null or ended_at >= ends) from helped group by 3
    union all select 'now.age', '', band.cell, count(c.sex)
      from (values ('0-4', 0, 4), ('5-9', 5, 9), ('10-15', 10, 15), ('16-17', 16, 17), ('18+', 18, 200)) band (cell, least, most)
      left join children c on c.years between least and most group by 3
    union all select 'now.sex', '', kind.sex, count(c.sex) from (values ('F'), ('M'), ('U')) kind (sex) left join children c on c.sex = kind.sex group by 3
    union all select 'now.ethnicity', '', coalesce(nullif(ethnicity, ''), '-'), count(*) from children group by 3
$$;

-- The figures of the quarter that begins on a day: nothing where that is no quarter, is not over, or is longer ago than two years.
-- `n` is empty where `mark` says why: `few` is below five; `rest` is the total less a few; `hidden` is below five, or would give such a number away.
-- A row without a cell is the total. What is at the quarter's end (`now.…`) is rounded to five and has no total: two quarters' ends less what
-- came and went would give the few that left.
create function guard.figures(begins date) returns table (tab text, part text, cell text, n bigint, mark text)
language sql stable security definer set search_path = public, pg_temp as $$
    with counts as materialized (
        select c.*, c.tab like 'now.%' as is_now, c.tab like 'timely.%' or c.tab in ('requests.repeat', 'opened.route', 'ended.how') as is_pair
          from guard.counted(begins::timestamp at time zone 'Europe/London', (begins + interval '3 months') at time zone 'Europe/London') c
         where (guard.has_role('analyst') or guard.has_role('service_manager'))
           and begins = date_trunc('quarter', begins::timestamp)::date and begins + interval '3 months' <= current_date
           and begins >= current_date - interval '27 months'
    ), placed as (
        select c.*, row_number() over sorted as place, coalesce(sum(c.n) over (sorted rows between unbounded preceding and 1 preceding), 0) as before,
               count(*) filter (where c.n < 5) over whole as few, sum(c.n) over whole as total
          from counts c window whole as (partition by c.tab, c.part), sorted as (partition by c.tab, c.part order by c.n, c.cell)
    ), judged as (
        select p.*, case when p.is_now then case when p.n < 5 then 'few' else '' end
                         when p.is_pair and p.total >= 10 and p.few = 1 then case when p.n < 5 then 'few' else 'rest' end
                         when guard.hides(p.n, p.place, p.few, p.before, p.total) then 'hidden' else '' end as mark
          from placed p
    )
    -- A locality that is hidden hides its teams.
    select j.tab, j.part, j.cell,
           case when j.mark = '' and coalesce(l.mark, '') = '' then case when j.is_now then round(j.n / 5.0)::bigint * 5 else j.n end end,
           case when coalesce(l.mark, '') <> '' then 'hidden' else j.mark end
      from judged j left join judged l on j.part <> '' and l.tab = replace(j.tab, '.team', '.locality') and l.cell = j.part
    union all
    select distinct p.tab, '', '', case when p.total >= 5 then p.total::bigint end, case when p.total < 5 then 'few' else '' end
      from placed p where p.part = '' and not p.is_now and p.tab not like '%.reason'
$$;
revoke execute on function guard.counted(timestamptz, timestamptz) from public;
