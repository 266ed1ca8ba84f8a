-- Groups of overlapping episodes of which one was brought before, and of which one is new or changed.
create temporary table taken on commit drop as
select s.id, s.other_ref as first from importing_staged s
 where s.run_id = %(run)s and s.kind = 'episode' and s.outcome in ('new', 'changed') and s.id > %(after)s
   and exists (select from importing_staged m where m.run_id = s.run_id and m.kind = 'episode' and m.other_ref = s.other_ref and m.outcome in ('same', 'changed'))
 order by s.id limit %(batch)s;

create temporary table grown on commit drop as
select g.first, w.*, (w.requested_on + time '12:00') at time zone 'Europe/London' as requested_at,
       (w.started_on + time '12:00') at time zone 'Europe/London' as opened_at, (w.ended_on + time '12:00') at time zone 'Europe/London' as ended_at,
       exists (select from platform_change c where c.record = 'episodes_episode' and c.record_id = w.record_id and c.kind = 'changed'
                  and c.action <> 'import_records') as is_worked_on
  from (select distinct first from taken) g
 cross join lateral (
    select min(k.record_id) as record_id, min(k.family_id) as family_id,
           min(coalesce(m.told ->> 'requested_on', m.told ->> 'started_on'))::date as requested_on, min(m.told ->> 'started_on')::date as started_on,
           case when bool_and(m.told ->> 'ended_on' is not null) then max(m.told ->> 'ended_on')::date end as ended_on,
           max((m.told ->> 'level')::int) as level,
           (array_agg(m.told ->> 'end_reason' order by m.told ->> 'ended_on' desc nulls first))[1] as end_reason,
           (array_agg(m.told ->> 'end_reason_words' order by m.told ->> 'ended_on' desc nulls first))[1] as end_words
      from importing_staged m left join importing_sourcerecord k on k.source = %(source)s and k.kind = 'episode' and k.source_id = m.source_id
     where m.run_id = %(run)s and m.kind = 'episode' and m.other_ref = g.first and m.outcome <> 'stopped') w;

update importing_staged s set findings = s.findings || d.said
  from (select t.id, jsonb_agg(jsonb_build_array('left out', f.field, f.field || ' changed in the other system; what Baton has stays') order by f.field) as said
          from taken t join importing_staged m on m.id = t.id
          join importing_sourcerecord k on k.source = %(source)s and k.kind = 'episode' and k.source_id = m.source_id
         cross join unnest(array['lead', 'lead_name', 'organisation', 'reasons', 'team']) f(field) where k.told -> f.field is distinct from m.told -> f.field group by t.id) d
 where d.id = s.id;

update importing_staged s set findings = s.findings || '[["left out", "ended_on", "it was worked on in Baton since: the dates there stay"]]'::jsonb
  from taken t join grown g on g.first = t.first where s.id = t.id and g.is_worked_on;

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, person_id, told, digest, digest_before)
select %(run)s, %(source)s, 'episode', m.source_id, 'episodes_episode', g.record_id, g.family_id, p.person_id, m.told, m.digest, ''
  from grown g join importing_staged m on m.run_id = %(run)s and m.kind = 'episode' and m.other_ref = g.first and m.outcome = 'new'
  left join importing_sourcerecord p on p.source = %(source)s and p.kind = 'person' and p.source_id = m.person_ref
    on conflict (source, kind, source_id) do nothing;

update importing_sourcerecord k set told_before = k.told, digest_before = k.digest, told = m.told, digest = m.digest, changed_by_id = %(run)s
  from taken t join importing_staged m on m.id = t.id
 where k.source = %(source)s and k.kind = 'episode' and k.source_id = m.source_id and k.digest <> m.digest;

update episodes_episode e set requested_at = g.requested_at, opened_at = g.opened_at, ended_at = g.ended_at, level = coalesce(g.level, e.level),
       state = case when g.ended_at is not null then case g.end_reason when 'stepped_up' then 'stepped_up' else 'closed' end
                    when e.ended_at is not null then 'waiting' else e.state end
  from grown g
 where e.id = g.record_id and not g.is_worked_on
   and (g.ended_at is not null or e.ended_at is null or not exists (select from episodes_episode o where o.family_id = e.family_id and o.id <> e.id
                                                                       and o.state in ('waiting', 'open')));

update episodes_allocation a set until_at = greatest(g.ended_at, a.from_at) from grown g
 where a.episode_id = g.record_id and a.until_at is null and g.ended_at is not null and not g.is_worked_on;

delete from episodes_event v using grown g
 where v.episode_id = g.record_id and v.record = 'importing_sourcerecord' and v.kind in ('closed', 'stepped_up') and not g.is_worked_on;

insert into episodes_event (episode_id, family_id, kind, at, recorded_at, recorded_by_id, tool, point, summary, record, record_id)
select g.record_id, g.family_id, case g.end_reason when 'stepped_up' then 'stepped_up' else 'closed' end, g.ended_at, %(at)s::timestamptz, %(by)s::bigint, '', '',
       left(concat_ws(': ', %(from)s::text, g.end_words), 300), 'importing_sourcerecord', k.id
  from grown g join importing_sourcerecord k on k.source = %(source)s and k.kind = 'episode' and k.source_id = g.first
 where g.ended_at is not null and not g.is_worked_on;

insert into episodes_event (episode_id, family_id, kind, at, recorded_at, recorded_by_id, tool, point, summary, record, record_id)
select g.record_id, g.family_id, d.kind, ((k.told ->> d.field)::date + time '12:00') at time zone 'Europe/London', %(at)s::timestamptz, %(by)s::bigint, '', '',
       %(from)s::text, 'importing_sourcerecord', k.id
  from grown g join importing_sourcerecord k on k.record = 'episodes_episode' and k.record_id = g.record_id and k.kind = 'episode'
  join jsonb_to_recordset(%(dates)s::jsonb) as d(field text, kind text) on k.told ->> d.field is not null
    on conflict (record, record_id, kind, person_id) do update set at = excluded.at where episodes_event.at <> excluded.at;
