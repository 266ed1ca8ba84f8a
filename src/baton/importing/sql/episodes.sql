-- The first of each group of overlapping episodes, unless one of the group was brought before: what the whole group says.
create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('episodes_episode', 'id')) as record_id
  from (select s.id, s.source_id as first, f.record_id as family_id, w.*
          from importing_staged s
          join importing_sourcerecord f on f.source = %(source)s and f.kind = 'family' and f.source_id = s.family_ref
         cross join lateral (
            select min(coalesce(m.told ->> 'requested_on', m.told ->> 'started_on'))::date as requested_on, min(m.told ->> 'started_on')::date as started_on,
                   case when bool_and(m.told ->> 'ended_on' is not null) then max(m.told ->> 'ended_on')::date end as ended_on,
                   max((m.told ->> 'level')::int) as level,
                   coalesce(array_agg(distinct r.reason) filter (where r.reason is not null), '{}') as reasons,
                   (array_agg(m.told ->> 'end_reason' order by m.told ->> 'ended_on' desc nulls first))[1] as end_reason,
                   (array_agg(m.told ->> 'end_reason_words' order by m.told ->> 'ended_on' desc nulls first))[1] as end_words,
                   nullif(concat_ws('; ', string_agg(distinct m.told ->> 'reasons_words', '; '), string_agg(distinct 'helped by ' || (m.told ->> 'organisation'), '; '),
                       string_agg(distinct 'led by ' || (m.told ->> 'lead_name'), '; ')), '') as reason_words,
                   (array_agg(m.told ->> 'lead' order by m.told ->> 'started_on' desc) filter (where m.told ->> 'lead' is not null))[1] as lead,
                   (array_agg(m.told ->> 'team' order by m.told ->> 'started_on' desc) filter (where m.told ->> 'team' is not null))[1]::bigint as team,
                   bool_or(m.outcome <> 'new') as is_known
              from importing_staged m left join lateral jsonb_array_elements_text(coalesce(m.told -> 'reasons', '[]')) r(reason) on true
             where m.run_id = s.run_id and m.kind = 'episode' and m.other_ref = s.source_id and m.outcome <> 'stopped') w
         where s.run_id = %(run)s and s.kind = 'episode' and s.outcome = 'new' and s.other_ref = s.source_id and s.id > %(after)s
           and f.record_id %% %(lanes)s = %(lane)s
         order by s.id limit %(batch)s) x;

delete from taken where is_known;

create temporary table opened on commit drop as
select t.*, (t.requested_on + time '12:00') at time zone 'Europe/London' as requested_at, (t.started_on + time '12:00') at time zone 'Europe/London' as opened_at,
       (t.ended_on + time '12:00') at time zone 'Europe/London' as ended_at, u.id as lead_id, v.version, coalesce(t.team, fam.team_id, %(team)s::bigint) as team_id
  from taken t join people_family fam on fam.id = t.family_id
  left join platform_user u on lower(u.email) = t.lead and u.is_active
 cross join lateral (select version from jsonb_to_recordset(%(versions)s::jsonb) as v(version text, begins date)
                      order by begins <= t.requested_on desc, case when begins <= t.requested_on then begins end desc, begins limit 1) v;

insert into episodes_episode (id, family_id, team_id, route, level, reasons, flags, state, framework_place, framework_version, requested_at, opened_at, ended_at)
select record_id, family_id, team_id, 'request', level, reasons, '{}',
       case when ended_at is not null then case end_reason when 'stepped_up' then 'stepped_up' else 'closed' end
            when lead_id is not null then 'open' else 'waiting' end,
       %(place)s, version, requested_at, opened_at, ended_at from opened;

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, person_id, told, digest, digest_before)
select %(run)s, %(source)s, 'episode', m.source_id, 'episodes_episode', o.record_id, o.family_id, p.person_id, m.told, m.digest, ''
  from opened o join importing_staged m on m.run_id = %(run)s and m.kind = 'episode' and m.other_ref = o.first and m.outcome <> 'stopped'
  left join importing_sourcerecord p on p.source = %(source)s and p.kind = 'person' and p.source_id = m.person_ref;

insert into episodes_allocation (episode_id, family_id, practitioner_id, from_at, until_at, allocated_by_id, children, needs, handover)
select o.record_id, o.family_id, o.lead_id, o.opened_at, o.ended_at, %(by)s::bigint,
       (select count(*) from people_familymember m where m.family_id = o.family_id and m.part = 'child' and m.until_on is null), %(from)s::text, ''
  from opened o where o.lead_id is not null;

insert into episodes_event (episode_id, family_id, kind, at, recorded_at, recorded_by_id, tool, point, summary, record, record_id)
select a.episode_id, a.family_id, 'lead_practitioner_allocated', a.from_at, %(at)s, %(by)s::bigint, '', '',
       u.given_name || ' ' || u.family_name || ' is lead practitioner', 'episodes_allocation', a.id
  from opened o join episodes_allocation a on a.episode_id = o.record_id join platform_user u on u.id = a.practitioner_id
union all
select o.record_id, o.family_id, said.kind, said.at, %(at)s, %(by)s::bigint, '', '', left(said.summary, 300), 'importing_sourcerecord', k.id
  from opened o join importing_sourcerecord k on k.source = %(source)s and k.kind = 'episode' and k.source_id = o.first
 cross join lateral (values
    ('request_received', o.requested_at, concat_ws(': ', %(from)s::text, o.reason_words)),
    (case o.end_reason when 'stepped_up' then 'stepped_up' else 'closed' end, o.ended_at, concat_ws(': ', %(from)s::text, o.end_words))) said(kind, at, summary)
 where said.at is not null;

insert into episodes_event (episode_id, family_id, kind, at, recorded_at, recorded_by_id, tool, point, summary, record, record_id)
select o.record_id, o.family_id, d.kind, ((k.told ->> d.field)::date + time '12:00') at time zone 'Europe/London', %(at)s, %(by)s::bigint, '', '',
       %(from)s::text, 'importing_sourcerecord', k.id
  from opened o join importing_sourcerecord k on k.record = 'episodes_episode' and k.record_id = o.record_id and k.kind = 'episode'
  join jsonb_to_recordset(%(dates)s::jsonb) as d(field text, kind text) on k.told ->> d.field is not null;
