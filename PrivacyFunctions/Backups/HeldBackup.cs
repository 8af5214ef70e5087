namespace PrivacyFunctions.Backups;

/// <summary>A folder of the container, with what the ledger says of it; nothing if it was never a backup.</summary>
/// <param name="Night">Its folder.</param>
/// <param name="Entry">Its row in the ledger.</param>
/// <param name="IsUnreadable">The ledger does not say when it was born, and its manifest cannot be read.</param>
internal sealed record HeldBackup(DateOnly Night, BackupEntry? Entry, bool IsUnreadable = false)
{
    /// <summary>Whether it was copied to its end.</summary>
    public bool IsBackup => Entry is { Born: not null, KillOn: not null };

    /// <summary>The date of its birth; for half a copy that of its night.</summary>
    public DateOnly BornOn => Entry?.Born is { } born ? BackupLayout.DateOf(born) : Night;

    /// <summary>What was purged before is not in it.</summary>
    public DateTimeOffset BornAtTheEarliest => Entry?.Born ?? new(Night, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>One that could not be verified proves nothing.</summary>
    public bool CanBeOpened => IsBackup && Entry is not { Attention: not null, VerifiedAt: null };

    /// <summary>
    /// Whether it has to be deleted: a backup when its kill date has come and a newer one is whole; half a copy when its
    /// night is over and was given up, at the latest when a backup would go. What cannot be read may be a backup.
    /// </summary>
    public bool IsDue(DateOnly today, DateOnly? newestWhole) =>
        IsBackup || IsUnreadable ? (Entry?.KillOn ?? BackupLayout.KillOn(Night)) <= today && newestWhole > Night
        : BackupLayout.KillOn(Night) <= today || (Night < today && Entry is not { IsOver: false });
}

/// <summary>The shelf after what was due is gone.</summary>
/// <param name="Left">What is there, oldest first.</param>
/// <param name="Troubled">The nights of it that could not be deleted or read; the ledger shows them.</param>
internal sealed record ClearedShelf(IReadOnlyList<HeldBackup> Left, IReadOnlySet<DateOnly> Troubled);
