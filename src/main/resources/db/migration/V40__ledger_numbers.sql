-- Who may append could also write, by hand, a row under the number that some entry will have one day: that entry could then not be
-- appended, and nothing be released. So nobody files anything under a number that has not been given out yet. Checked once for each
-- statement, however many entries it appends, against the sequence, which gives no number back.
create function ledger_number_is_given() returns trigger language plpgsql security definer
    set search_path = pg_catalog, ${flyway:defaultSchema}, pg_temp as $$
begin
    if (select max(commitment_id) from added) > (select last_value from ledger_commitment_id_seq) then
        raise exception 'the ledger has not given out this number yet: insert on % refused', tg_table_name;
    end if;
    return null;
end
$$;
revoke execute on function ledger_number_is_given() from public;
create trigger number_is_given after insert on ledger_staged
    referencing new table as added for each statement execute function ledger_number_is_given();
create trigger number_is_given after insert on ledger_event
    referencing new table as added for each statement execute function ledger_number_is_given();
create trigger number_is_given after insert on ledger_outbox
    referencing new table as added for each statement execute function ledger_number_is_given();
