-- Homes of one person beside one another. The same home twice at once is one.
with homes as (
    select id, line, person_ref, jsonb_build_array(told -> 'address', told -> 'postcode', told -> 'uprn') as place,
           coalesce((told ->> 'from_on')::date, '-infinity') as begins, (told ->> 'until_on')::date as ends
      from importing_staged where run_id = %(run)s and kind = 'home' and outcome <> 'stopped'
), twice as (
    select distinct on (h.id) h.id, o.line from homes h join homes o on o.person_ref = h.person_ref and o.place = h.place and o.id <> h.id
       and (o.begins, o.id) < (h.begins, h.id) and daterange(o.begins, o.ends) && daterange(h.begins, h.ends) order by h.id, o.begins, o.id
)
update importing_staged s set outcome = 'stopped', findings = s.findings || jsonb_build_array(jsonb_build_array('stops', 'address',
    'the same home in the same days stands on line ' || t.line)) from twice t where t.id = s.id;

-- A main home within the days of another is a second one.
with homes as (
    select id, line, person_ref, coalesce((told ->> 'from_on')::date, '-infinity') as begins, coalesce((told ->> 'until_on')::date, 'infinity') as ends
      from importing_staged where run_id = %(run)s and kind = 'home' and outcome <> 'stopped' and coalesce(told ->> 'kind', 'main') = 'main'
), within as (
    select distinct on (h.id) h.id, o.line from homes h join homes o on o.person_ref = h.person_ref and o.id <> h.id
       and o.begins <= h.begins and h.ends <= o.ends and h.begins < o.ends and h.begins < h.ends
       and (h.ends < 'infinity' or o.begins = h.begins) and ((o.begins, o.ends) <> (h.begins, h.ends) or o.id < h.id) order by h.id, o.begins, o.id
)
update importing_staged s set told = s.told || '{"kind": "second"}', findings = s.findings || jsonb_build_array(jsonb_build_array('note', 'kind',
    'lies within the days of the home on line ' || w.line || ': a second home')) from within w where w.id = s.id;

-- One main home at a time: each ends where the next begins.
with homes as (
    select id, told ->> 'until_on' as until, (told ->> 'until_on')::date as ends, lead((told ->> 'from_on')::date) over next as next, lead(line) over next as next_line
      from importing_staged where run_id = %(run)s and kind = 'home' and outcome <> 'stopped' and coalesce(told ->> 'kind', 'main') = 'main'
       and coalesce((told ->> 'until_on')::date, 'infinity') > coalesce((told ->> 'from_on')::date, '-infinity')
    window next as (partition by person_ref order by coalesce((told ->> 'from_on')::date, '-infinity'), id)
)
update importing_staged s set told = s.told || jsonb_build_object('until_on', h.next), findings = s.findings || jsonb_build_array(jsonb_build_array(
    'note', 'until_on', case when h.until is null then 'no end is said' else 'ends on ' || h.until end || ': ended on ' || h.next
    || ', when the home on line ' || h.next_line || ' began'))
  from homes h where h.id = s.id and h.next is not null and coalesce(h.ends, 'infinity') > h.next;

-- Where the sheet of homes says where somebody lives, it is that; what the person's own row says otherwise is said.
with homes as (
    select distinct on (person_ref) person_ref, told ->> 'address' as lines, told ->> 'postcode' as postcode,
           coalesce(told ->> 'kind', 'main') = 'main' and coalesce((told ->> 'from_on')::date, '-infinity') <= %(today)s::date
           and coalesce((told ->> 'until_on')::date, 'infinity') > %(today)s::date as is_now
      from importing_staged where run_id = %(run)s and kind = 'home' and outcome <> 'stopped'
     order by person_ref, coalesce(told ->> 'kind', 'main') = 'main' and coalesce((told ->> 'from_on')::date, '-infinity') <= %(today)s::date
           and coalesce((told ->> 'until_on')::date, 'infinity') > %(today)s::date desc, (told ->> 'from_on')::date desc nulls last, id
)
update importing_staged p set told = (p.told - 'address' - 'postcode') || jsonb_build_object('homes', true)
           || case when h.is_now then jsonb_strip_nulls(jsonb_build_object('home_address', h.lines, 'home_postcode', h.postcode)) else '{}'::jsonb end,
       findings = p.findings || case when p.told ->> 'address' <> coalesce(h.lines, '') or p.told ->> 'address' is not null and not h.is_now
           then '[["left out", "address", "the sheet of homes says where they live"]]'::jsonb else '[]' end
  from homes h where p.run_id = %(run)s and p.kind = 'person' and p.outcome <> 'stopped' and p.source_id = h.person_ref;
