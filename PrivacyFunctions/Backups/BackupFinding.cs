namespace PrivacyFunctions.Backups;

/// <summary>What a look for an account in the backups came to (T-BACKUP).</summary>
internal abstract record BackupFinding
{
    private BackupFinding()
    {
    }

    /// <summary>No backup from before the purge is left, and one was opened and searched: the account is not in it.</summary>
    /// <param name="Opened">When the opened backup was born.</param>
    /// <param name="ChunksRead">How many parts of it could have held the account and were read.</param>
    /// <param name="ManifestSha256">Which backup it was, beyond doubt.</param>
    internal sealed record Gone(DateOnly Opened, int ChunksRead, string ManifestSha256) : BackupFinding;

    /// <summary>Backups that were born at or before the purge are left; each dies on its date, once a newer one is verified.</summary>
    /// <param name="Born">When they were born, oldest first.</param>
    internal sealed record StillThere(IReadOnlyList<DateOnly> Born) : BackupFinding;

    /// <summary>A backup that was born after the purge holds the account: the purge was not complete, or was undone.</summary>
    internal sealed record Holds(DateOnly Born, string DataSet) : BackupFinding;

    /// <summary>No backup from before the purge is left, and none from after it that could be opened.</summary>
    internal sealed record NothingToOpen : BackupFinding;
}
