//! One schema for both engines: only column types that both have.

diesel::table! {
    levels (code) {
        code -> Text,
        position -> Integer,
        name -> Text,
        name_en -> Text,
        aliases -> Text,
    }
}

diesel::table! {
    units (id) {
        id -> Text,
        parent_id -> Nullable<Text>,
        level -> Text,
        kind -> Text,
        code -> Text,
        name -> Text,
        search_text -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        merged_into -> Nullable<Text>,
        page_url -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    unit_ancestors (unit_id, ancestor_id) {
        unit_id -> Text,
        ancestor_id -> Text,
        depth -> Integer,
    }
}

diesel::table! {
    unit_versions (id) {
        id -> Text,
        unit_id -> Text,
        parent_id -> Nullable<Text>,
        level -> Text,
        code -> Text,
        name -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        note -> Text,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        full_name -> Text,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        password_must_change -> Bool,
        language -> Text,
        status -> Text,
        is_administrator -> Bool,
        search_text -> Text,
        given_name_key -> Text,
        full_name_key -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    offices (id) {
        id -> Text,
        account_id -> Text,
        unit_id -> Text,
        role -> Text,
        title -> Text,
        starts_at -> Timestamp,
        ends_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        account_id -> Text,
        kind -> Text,
        token_hash -> Text,
        label -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sign_in_failures (id) {
        id -> Text,
        subject -> Text,
        failed_at -> Timestamp,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        token_hash -> Text,
        role -> Text,
        unit_id -> Text,
        pool_id -> Nullable<Text>,
        full_name -> Text,
        title -> Text,
        invited_by -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        accepted_at -> Nullable<Timestamp>,
        accepted_by -> Nullable<Text>,
        cancelled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    contests (id) {
        id -> Text,
        slug -> Text,
        host_unit_id -> Text,
        status -> Text,
        title -> Text,
        title_en -> Text,
        summary -> Text,
        summary_en -> Text,
        rules -> Text,
        rules_en -> Text,
        opens_at -> Nullable<Timestamp>,
        closes_at -> Nullable<Timestamp>,
        grace_minutes -> Integer,
        code_prefix -> Text,
        next_number -> Integer,
        kinds -> Text,
        max_per_person -> Nullable<Integer>,
        max_per_unit -> Nullable<Integer>,
        preset -> Nullable<Text>,
        is_demonstration -> Bool,
        search_text -> Text,
        edition -> Integer,
        created_by -> Text,
        created_at -> Timestamp,
        opened_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    organisers (contest_id, account_id) {
        contest_id -> Text,
        account_id -> Text,
        added_at -> Timestamp,
    }
}

diesel::table! {
    categories (id) {
        id -> Text,
        contest_id -> Text,
        position -> Integer,
        name -> Text,
        name_en -> Text,
        description -> Text,
        is_retired -> Bool,
    }
}

diesel::table! {
    fields (id) {
        id -> Text,
        contest_id -> Text,
        position -> Integer,
        kind -> Text,
        label -> Text,
        label_en -> Text,
        help -> Text,
        help_en -> Text,
        is_required -> Bool,
        is_public -> Bool,
        settings -> Text,
        is_retired -> Bool,
    }
}

diesel::table! {
    consents (id) {
        id -> Text,
        contest_id -> Text,
        position -> Integer,
        purpose -> Text,
        version -> Integer,
        text -> Text,
        text_en -> Text,
        is_required -> Bool,
        created_at -> Timestamp,
        superseded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    rounds (id) {
        id -> Text,
        contest_id -> Text,
        position -> Integer,
        name -> Text,
        name_en -> Text,
        pool_level -> Text,
        method -> Text,
        judges_per_entry -> Integer,
        is_blind -> Bool,
        aggregation -> Text,
        tie_chain -> Text,
        cut_policy -> Text,
        lot_seed -> Text,
        vote_weight -> Integer,
        quota -> Text,
        opens_at -> Nullable<Timestamp>,
        closes_at -> Nullable<Timestamp>,
        feedback -> Text,
        is_standardised -> Bool,
        carry_weight -> Integer,
        shown_chain -> Text,
    }
}

diesel::table! {
    criteria (id) {
        id -> Text,
        round_id -> Text,
        position -> Integer,
        group_name -> Text,
        name -> Text,
        name_en -> Text,
        description -> Text,
        min_mark -> BigInt,
        max_mark -> BigInt,
        step -> BigInt,
        weight -> BigInt,
        is_required -> Bool,
        descriptors -> Text,
    }
}

diesel::table! {
    awards (id) {
        id -> Text,
        contest_id -> Text,
        round_id -> Text,
        position -> Integer,
        name -> Text,
        name_en -> Text,
        goes_to -> Text,
        kind -> Nullable<Text>,
        max_grants -> Nullable<Integer>,
    }
}

diesel::table! {
    entries (id) {
        id -> Text,
        contest_id -> Text,
        unit_id -> Text,
        unit_name -> Text,
        level -> Text,
        kind -> Text,
        category_id -> Nullable<Text>,
        code -> Nullable<Text>,
        title -> Text,
        authors -> Text,
        search_text -> Text,
        answers -> Text,
        status -> Text,
        status_reason -> Nullable<Text>,
        status_by -> Nullable<Text>,
        status_at -> Timestamp,
        correction_due_at -> Nullable<Timestamp>,
        owner_id -> Text,
        entered_by -> Text,
        is_on_behalf -> Bool,
        revision -> Integer,
        edition -> Integer,
        is_late -> Bool,
        is_published -> Bool,
        created_at -> Timestamp,
        saved_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        unit_above -> Text,
        work -> Text,
    }
}

diesel::table! {
    entry_people (id) {
        id -> Text,
        entry_id -> Text,
        position -> Integer,
        full_name -> Text,
        part -> Text,
    }
}

diesel::table! {
    entry_tools (entry_id, tool) {
        entry_id -> Text,
        tool -> Text,
    }
}

diesel::table! {
    entry_consents (entry_id, consent_id) {
        entry_id -> Text,
        consent_id -> Text,
        account_id -> Text,
        given_at -> Timestamp,
    }
}

diesel::table! {
    revisions (id) {
        id -> Text,
        entry_id -> Text,
        number -> Integer,
        content -> Text,
        content_hash -> Text,
        receipt_code -> Text,
        submitted_at -> Timestamp,
        submitted_by -> Text,
    }
}

diesel::table! {
    files (hash) {
        hash -> Text,
        byte_count -> BigInt,
        media_type -> Text,
        stored_at -> Timestamp,
    }
}

diesel::table! {
    attachments (id) {
        id -> Text,
        entry_id -> Text,
        field_id -> Text,
        position -> Integer,
        file_hash -> Text,
        file_name -> Text,
        byte_count -> BigInt,
        media_type -> Text,
        media -> Text,
        added_by -> Text,
        added_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    pools (id) {
        id -> Text,
        contest_id -> Text,
        round_id -> Text,
        unit_id -> Text,
        status -> Text,
        deadline_at -> Nullable<Timestamp>,
        draw_seed -> Nullable<Text>,
        judging_closed_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    pool_extensions (id) {
        id -> Text,
        pool_id -> Text,
        old_deadline_at -> Nullable<Timestamp>,
        new_deadline_at -> Timestamp,
        reason -> Text,
        extended_by -> Text,
        extended_at -> Timestamp,
    }
}

diesel::table! {
    pool_entries (pool_id, entry_id) {
        pool_id -> Text,
        entry_id -> Text,
        nomination_id -> Nullable<Text>,
        received_at -> Timestamp,
        left_at -> Nullable<Timestamp>,
        is_judged -> Bool,
    }
}

diesel::table! {
    panel_members (id) {
        id -> Text,
        pool_id -> Text,
        account_id -> Text,
        role -> Text,
        number -> Integer,
        max_entries -> Nullable<Integer>,
        joined_at -> Timestamp,
        left_at -> Nullable<Timestamp>,
        leave_reason -> Nullable<Text>,
    }
}

diesel::table! {
    assignments (id) {
        id -> Text,
        pool_id -> Text,
        entry_id -> Text,
        judge_id -> Text,
        position -> Integer,
        assigned_by -> Text,
        assigned_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        end_reason -> Nullable<Text>,
        skipped_at -> Nullable<Timestamp>,
        is_judged -> Bool,
        sheet_status -> Nullable<Text>,
    }
}

diesel::table! {
    conflicts (id) {
        id -> Text,
        contest_id -> Text,
        judge_id -> Text,
        entry_id -> Text,
        reason -> Text,
        declared_by -> Text,
        declared_at -> Timestamp,
    }
}

diesel::table! {
    sheets (id) {
        id -> Text,
        pool_id -> Text,
        entry_id -> Text,
        judge_id -> Text,
        status -> Text,
        comment -> Text,
        private_note -> Text,
        edition -> Integer,
        saved_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        loose_notes -> Text,
    }
}

diesel::table! {
    sheet_saves (judge_id, save_id) {
        judge_id -> Text,
        save_id -> Text,
        sheet_id -> Text,
        edition -> Integer,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    round_desks (round_id) {
        round_id -> Text,
        assignment -> Text,
        keeps_viewing -> Bool,
        min_watched_percent -> Integer,
        needs_all_pages -> Bool,
        quorum -> Integer,
    }
}

diesel::table! {
    panel_categories (panel_member_id, category_id) {
        panel_member_id -> Text,
        category_id -> Text,
    }
}

diesel::table! {
    calibrations (pool_id, entry_id) {
        pool_id -> Text,
        entry_id -> Text,
        is_sample -> Bool,
        reason -> Text,
        marked_by -> Text,
        marked_at -> Timestamp,
    }
}

diesel::table! {
    viewings (pool_id, entry_id, judge_id, attachment_id) {
        pool_id -> Text,
        entry_id -> Text,
        judge_id -> Text,
        attachment_id -> Text,
        seen -> Text,
        amount -> Integer,
        started_at -> Timestamp,
        last_at -> Timestamp,
    }
}

diesel::table! {
    viewing_waivers (pool_id, entry_id, judge_id) {
        pool_id -> Text,
        entry_id -> Text,
        judge_id -> Text,
        reason -> Text,
        waived_by -> Text,
        waived_at -> Timestamp,
    }
}

diesel::table! {
    marks (sheet_id, criterion_id) {
        sheet_id -> Text,
        criterion_id -> Text,
        value -> BigInt,
        note -> Text,
    }
}

diesel::table! {
    sheet_events (id) {
        id -> Text,
        sheet_id -> Text,
        event -> Text,
        content -> Text,
        reason -> Text,
        account_id -> Text,
        happened_at -> Timestamp,
    }
}

diesel::table! {
    extra_draws (id) {
        id -> Text,
        pool_id -> Text,
        number -> Integer,
        seats -> Integer,
        entries -> Text,
        drawn_by -> Text,
        drawn_at -> Timestamp,
    }
}

diesel::table! {
    rulings (id) {
        id -> Text,
        pool_id -> Text,
        entries -> Text,
        reason -> Text,
        ruled_by -> Text,
        ruled_at -> Timestamp,
    }
}

diesel::table! {
    remarks (id) {
        id -> Text,
        pool_id -> Text,
        entry_id -> Text,
        body -> Text,
        said_by -> Text,
        said_at -> Timestamp,
    }
}

diesel::table! {
    released_comments (sheet_id) {
        sheet_id -> Text,
        edition -> Integer,
        released_by -> Text,
        released_at -> Timestamp,
    }
}

diesel::table! {
    decisions (id) {
        id -> Text,
        pool_id -> Text,
        number -> Integer,
        body_name -> Text,
        members_present -> Text,
        minutes -> Text,
        document_number -> Text,
        document_date -> Nullable<Date>,
        standing -> Text,
        standing_hash -> Text,
        change_reason -> Text,
        decided_by -> Text,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    decision_entries (decision_id, entry_id) {
        decision_id -> Text,
        entry_id -> Text,
        outcome -> Text,
        place -> Nullable<Integer>,
        score_text -> Text,
        deviation_reason -> Text,
    }
}

diesel::table! {
    nominations (id) {
        id -> Text,
        contest_id -> Text,
        entry_id -> Text,
        decision_id -> Text,
        from_pool_id -> Text,
        to_pool_id -> Text,
        status -> Text,
        snapshot -> Text,
        dossier_hash -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        answer_reason -> Nullable<Text>,
    }
}

diesel::table! {
    vote_counts (id) {
        id -> Text,
        pool_id -> Text,
        entry_id -> Text,
        votes -> BigInt,
        source -> Text,
        proof_url -> Text,
        proof_file_hash -> Nullable<Text>,
        reason -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    grants (id) {
        id -> Text,
        contest_id -> Text,
        award_id -> Text,
        pool_id -> Text,
        entry_id -> Nullable<Text>,
        unit_id -> Nullable<Text>,
        citation -> Text,
        granted_by -> Text,
        granted_at -> Timestamp,
        revoked_by -> Nullable<Text>,
        revoked_at -> Nullable<Timestamp>,
        revoke_reason -> Nullable<Text>,
    }
}

diesel::table! {
    publications (id) {
        id -> Text,
        contest_id -> Text,
        scope -> Text,
        pool_id -> Nullable<Text>,
        version -> Integer,
        content -> Text,
        content_hash -> Text,
        previous_hash -> Text,
        reason -> Text,
        published_by -> Text,
        published_at -> Timestamp,
    }
}

diesel::table! {
    audit (id) {
        id -> Text,
        contest_id -> Nullable<Text>,
        account_id -> Nullable<Text>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        before_hash -> Text,
        after_hash -> Text,
        details -> Text,
        happened_at -> Timestamp,
    }
}

diesel::table! {
    audit_seals (id) {
        id -> Text,
        contest_id -> Nullable<Text>,
        scope -> Text,
        position -> BigInt,
        audit_id -> Text,
        seal -> Text,
    }
}

diesel::table! {
    games (file_hash) {
        file_hash -> Text,
        state -> Text,
        start_path -> Text,
        file_count -> Integer,
        byte_count -> BigInt,
        trial -> Text,
        trial_reason -> Text,
        unpacked_at -> Timestamp,
        tried_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    game_files (game_hash, path) {
        game_hash -> Text,
        path -> Text,
        file_hash -> Text,
        media_type -> Text,
    }
}

diesel::table! {
    link_checks (id) {
        id -> Text,
        entry_id -> Text,
        source -> Text,
        place -> Text,
        address -> Text,
        state -> Text,
        status_code -> Nullable<Integer>,
        failure_count -> Integer,
        failing_since -> Nullable<Timestamp>,
        checked_at -> Nullable<Timestamp>,
        found_at -> Timestamp,
    }
}

diesel::table! {
    link_repairs (id) {
        id -> Text,
        entry_id -> Text,
        place -> Text,
        address -> Text,
        state -> Text,
        asked_at -> Timestamp,
        due_at -> Timestamp,
        new_address -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
    }
}

diesel::table! {
    uploads (id) {
        id -> Text,
        entry_id -> Text,
        field_id -> Text,
        account_id -> Text,
        file_name -> Text,
        byte_count -> BigInt,
        declared_hash -> Nullable<Text>,
        metadata -> Text,
        status -> Text,
        saved_bytes -> BigInt,
        parts -> Text,
        reason -> Nullable<Text>,
        begun_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        attachment_id -> Nullable<Text>,
        promised_at -> Nullable<Timestamp>,
        promised_in -> Nullable<Integer>,
        leased_to -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    file_checks (file_hash) {
        file_hash -> Text,
        checked_at -> Timestamp,
        finding -> Nullable<Text>,
    }
}

diesel::table! {
    renderings (source_hash) {
        source_hash -> Text,
        recipe -> Text,
        status -> Text,
        trouble -> Nullable<Text>,
        facts -> Text,
        queued_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    renditions (source_hash, name) {
        source_hash -> Text,
        name -> Text,
        file_hash -> Text,
        byte_count -> BigInt,
        media_type -> Text,
        facts -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    captions (attachment_id, lang) {
        attachment_id -> Text,
        lang -> Text,
        content -> Text,
        n_cues -> Integer,
        added_by -> Text,
        added_at -> Timestamp,
    }
}

diesel::table! {
    sheet_notes (id) {
        id -> Text,
        pool_id -> Text,
        entry_id -> Text,
        judge_id -> Text,
        attachment_id -> Text,
        at_ms -> BigInt,
        content -> Text,
        noted_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    games,
    game_files,
    link_checks,
    link_repairs,
    levels,
    units,
    unit_ancestors,
    unit_versions,
    accounts,
    offices,
    sessions,
    sign_in_failures,
    invitations,
    contests,
    organisers,
    categories,
    fields,
    consents,
    rounds,
    criteria,
    awards,
    entries,
    entry_people,
    entry_tools,
    entry_consents,
    revisions,
    files,
    attachments,
    renderings,
    renditions,
    captions,
    sheet_notes,
    pools,
    pool_extensions,
    pool_entries,
    panel_members,
    assignments,
    conflicts,
    sheets,
    sheet_saves,
    round_desks,
    panel_categories,
    calibrations,
    viewings,
    viewing_waivers,
    marks,
    sheet_events,
    extra_draws,
    rulings,
    remarks,
    released_comments,
    decisions,
    decision_entries,
    nominations,
    vote_counts,
    grants,
    publications,
    uploads,
    file_checks,
    jobs,
    audit,
    audit_seals,
    fingerprints,
    fingerprint_keys,
    likenesses,
    cleaned_files,
);
diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        subject -> Text,
        payload -> Text,
        status -> Text,
        attempts -> Integer,
        due_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        percent -> Integer,
        reason -> Nullable<Text>,
        queued_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    fingerprints (id) {
        id -> Text,
        entry_id -> Text,
        revision -> Integer,
        attachment_id -> Nullable<Text>,
        kind -> Text,
        position -> Integer,
        value -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    fingerprint_keys (key_value, fingerprint_id) {
        key_value -> BigInt,
        fingerprint_id -> Text,
    }
}

diesel::table! {
    likenesses (id) {
        id -> Text,
        first_entry_id -> Text,
        second_entry_id -> Text,
        kind -> Text,
        score -> Integer,
        evidence -> Text,
        status -> Text,
        status_reason -> Nullable<Text>,
        status_by -> Nullable<Text>,
        status_at -> Timestamp,
        found_at -> Timestamp,
    }
}

diesel::table! {
    cleaned_files (file_hash) {
        file_hash -> Text,
        clean_hash -> Nullable<Text>,
        media_type -> Text,
        made_at -> Timestamp,
    }
}

diesel::joinable!(units -> levels (level));
diesel::joinable!(unit_versions -> levels (level));
diesel::joinable!(offices -> accounts (account_id));
diesel::joinable!(offices -> units (unit_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(invitations -> units (unit_id));
diesel::joinable!(contests -> units (host_unit_id));
diesel::joinable!(contests -> accounts (created_by));
diesel::joinable!(organisers -> contests (contest_id));
diesel::joinable!(organisers -> accounts (account_id));
diesel::joinable!(categories -> contests (contest_id));
diesel::joinable!(fields -> contests (contest_id));
diesel::joinable!(consents -> contests (contest_id));
diesel::joinable!(rounds -> contests (contest_id));
diesel::joinable!(rounds -> levels (pool_level));
diesel::joinable!(criteria -> rounds (round_id));
diesel::joinable!(awards -> contests (contest_id));
diesel::joinable!(awards -> rounds (round_id));
diesel::joinable!(entries -> contests (contest_id));
diesel::joinable!(entries -> units (unit_id));
diesel::joinable!(entries -> levels (level));
diesel::joinable!(entries -> categories (category_id));
diesel::joinable!(entry_people -> entries (entry_id));
diesel::joinable!(entry_tools -> entries (entry_id));
diesel::joinable!(entry_consents -> entries (entry_id));
diesel::joinable!(entry_consents -> consents (consent_id));
diesel::joinable!(entry_consents -> accounts (account_id));
diesel::joinable!(revisions -> entries (entry_id));
diesel::joinable!(revisions -> accounts (submitted_by));
diesel::joinable!(attachments -> entries (entry_id));
diesel::joinable!(attachments -> fields (field_id));
diesel::joinable!(attachments -> files (file_hash));
diesel::joinable!(attachments -> accounts (added_by));
diesel::joinable!(pools -> contests (contest_id));
diesel::joinable!(pools -> rounds (round_id));
diesel::joinable!(pools -> units (unit_id));
diesel::joinable!(pool_extensions -> pools (pool_id));
diesel::joinable!(pool_extensions -> accounts (extended_by));
diesel::joinable!(pool_entries -> pools (pool_id));
diesel::joinable!(pool_entries -> entries (entry_id));
diesel::joinable!(panel_members -> pools (pool_id));
diesel::joinable!(panel_members -> accounts (account_id));
diesel::joinable!(assignments -> pools (pool_id));
diesel::joinable!(assignments -> entries (entry_id));
diesel::joinable!(conflicts -> contests (contest_id));
diesel::joinable!(conflicts -> entries (entry_id));
diesel::joinable!(sheets -> pools (pool_id));
diesel::joinable!(sheets -> entries (entry_id));
diesel::joinable!(sheets -> accounts (judge_id));
diesel::joinable!(marks -> sheets (sheet_id));
diesel::joinable!(marks -> criteria (criterion_id));
diesel::joinable!(sheet_events -> sheets (sheet_id));
diesel::joinable!(sheet_events -> accounts (account_id));
diesel::joinable!(extra_draws -> pools (pool_id));
diesel::joinable!(rulings -> accounts (ruled_by));
diesel::joinable!(remarks -> accounts (said_by));
diesel::joinable!(remarks -> entries (entry_id));
diesel::joinable!(released_comments -> sheets (sheet_id));
diesel::joinable!(decisions -> pools (pool_id));
diesel::joinable!(decisions -> accounts (decided_by));
diesel::joinable!(decision_entries -> decisions (decision_id));
diesel::joinable!(decision_entries -> entries (entry_id));
diesel::joinable!(nominations -> contests (contest_id));
diesel::joinable!(nominations -> entries (entry_id));
diesel::joinable!(nominations -> decisions (decision_id));
diesel::joinable!(vote_counts -> pools (pool_id));
diesel::joinable!(vote_counts -> entries (entry_id));
diesel::joinable!(vote_counts -> files (proof_file_hash));
diesel::joinable!(vote_counts -> accounts (recorded_by));
diesel::joinable!(grants -> contests (contest_id));
diesel::joinable!(grants -> awards (award_id));
diesel::joinable!(grants -> pools (pool_id));
diesel::joinable!(grants -> entries (entry_id));
diesel::joinable!(grants -> units (unit_id));
diesel::joinable!(publications -> contests (contest_id));
diesel::joinable!(publications -> pools (pool_id));
diesel::joinable!(publications -> accounts (published_by));
diesel::joinable!(audit -> contests (contest_id));
diesel::joinable!(audit -> accounts (account_id));
diesel::joinable!(audit_seals -> contests (contest_id));
diesel::joinable!(audit_seals -> audit (audit_id));
diesel::joinable!(link_checks -> entries (entry_id));
diesel::joinable!(uploads -> entries (entry_id));
diesel::joinable!(uploads -> fields (field_id));
diesel::joinable!(uploads -> accounts (account_id));
diesel::joinable!(uploads -> attachments (attachment_id));
diesel::joinable!(file_checks -> files (file_hash));
diesel::joinable!(fingerprints -> entries (entry_id));
diesel::joinable!(fingerprints -> attachments (attachment_id));
diesel::joinable!(fingerprint_keys -> fingerprints (fingerprint_id));
diesel::joinable!(renditions -> renderings (source_hash));
diesel::joinable!(captions -> attachments (attachment_id));
diesel::joinable!(captions -> accounts (added_by));
diesel::joinable!(sheet_notes -> pools (pool_id));
diesel::joinable!(sheet_notes -> accounts (judge_id));
diesel::joinable!(sheet_notes -> attachments (attachment_id));
