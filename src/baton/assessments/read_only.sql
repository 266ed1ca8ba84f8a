-- What a manager authorised stays as it was: the application may add no answer to it and change none.
-- The owner of the tables may, because that is who loads records from elsewhere and erases them when their time is over.
create function assessments_stay_authorised() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
    old_assessment bigint;
    new_assessment bigint;
begin
    if pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'member') then
        return coalesce(new, old);
    end if;
    if tg_table_name = 'assessments_assessment' then
        if old.state = 'authorised' then
            raise exception 'Assessment % is authorised and read-only.', old.id using errcode = 'integrity_constraint_violation';
        end if;
        return coalesce(new, old);
    end if;
    if tg_op <> 'INSERT' then old_assessment := old.assessment_id; end if;
    if tg_op <> 'DELETE' then new_assessment := new.assessment_id; end if;
    if exists (select 1 from assessments_assessment
                where id in (old_assessment, new_assessment) and state = 'authorised') then
        raise exception 'Assessment % is authorised and read-only.', coalesce(new_assessment, old_assessment)
            using errcode = 'integrity_constraint_violation';
    end if;
    return coalesce(new, old);
end $$;

create trigger stays_authorised before update or delete on assessments_assessment
    for each row execute function assessments_stay_authorised();
create trigger stays_authorised before insert or update or delete on assessments_answer
    for each row execute function assessments_stay_authorised();
create trigger stays_authorised before insert or update or delete on assessments_outcomeview
    for each row execute function assessments_stay_authorised();
create trigger stays_authorised before insert or update or delete on assessments_managercomment
    for each row execute function assessments_stay_authorised();
