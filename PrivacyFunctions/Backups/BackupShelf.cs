using Azure;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Backups;

/// <summary>
/// The backups that are there: deletes those whose time is over, and looks whether an account that was purged is gone from
/// them (T-BACKUP). A backup holds an account if the account lived at its birth; there is no list per account. Nothing is
/// remembered between calls.
/// </summary>
internal sealed class BackupShelf(BackupSearch search, BackupArchive archive, BackupLedger ledger, LegalTime time)
{
    /// <summary>
    /// Deletes what should be gone, and then looks for an account: at the dates first, and once no backup from before the
    /// purge is left, into the oldest one that can be opened. It reads only the parts of it that can hold the account. What
    /// cannot be deleted or read is shown in the ledger, and is in the way of those accounts only that it may hold.
    /// </summary>
    /// <param name="account">The account; null to go by the dates alone, where a newer one has its number.</param>
    /// <param name="purgedAt">The legal instant at which nothing of it was left in the active data.</param>
    /// <param name="cancellation">Stops it; calling again is safe.</param>
    /// <exception cref="InvalidDataException">A part of the backup to open is damaged.</exception>
    public async Task<BackupFinding> LookForAsync(
        AccountId? account, DateTimeOffset purgedAt, CancellationToken cancellation)
    {
        var (left, troubled) = await DeleteDueAsync(cancellation);
        var before = left.Where(held => held.BornAtTheEarliest <= purgedAt).ToList();
        if (before.Count > 0) return new BackupFinding.StillThere([.. before.Select(held => held.BornOn)]);

        foreach (var held in left.Where(held => held.CanBeOpened && !troubled.Contains(held.Night)))
            if ((await ReadAsync(held.Night, cancellation)).Stored is { } opened)
                return account is { } searched
                    ? await search.ForAsync(opened, searched, cancellation)
                    : new BackupFinding.Gone(opened.Manifest.BornOn, ChunksRead: 0, opened.Sha256);
        return new BackupFinding.NothingToOpen();
    }

    /// <summary>
    /// Deletes each backup whose kill date has come, if a newer verified one is there, and what an earlier night left half
    /// copied. The ledger keeps a row of each. One that cannot be deleted or read holds up none of the others: it is shown in
    /// the ledger and tried again by the next call.
    /// </summary>
    /// <exception cref="RequestFailedException">The store as a whole is away, throttled or closed to us.</exception>
    public async Task<ClearedShelf> DeleteDueAsync(CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var today = BackupLayout.DateOf(now);
        var known = await KnownAsync(cancellation);
        var (left, troubled) = (new List<HeldBackup>(), new HashSet<DateOnly>());
        foreach (var night in await archive.NightsAsync(cancellation))
        {
            var held = await MeetAsync(night, known.GetValueOrDefault(night), cancellation);
            left.Add(held);
            if (held.IsUnreadable) troubled.Add(night);
        }

        if (left.Exists(held => held.IsDue(today, today)))
        {
            var standIn = await NewestReadableAsync(left, troubled, cancellation);
            foreach (var due in left.Where(held => held.IsDue(today, standIn)).ToList())
                if (await TryDeleteAsync(due, now, cancellation)) Remove(due);
                else troubled.Add(due.Night);
        }

        // A deletion that died before its note.
        foreach (var gone in known.Values.Where(entry => entry.DeletedAt is null && entry.KillOn <= today))
            if (left.All(held => held.Night != gone.Night)) await ledger.NoteDeletedAsync(gone.Night, now, cancellation);
        return new(left, troubled);

        void Remove(HeldBackup deleted)
        {
            left.Remove(deleted);
            troubled.Remove(deleted.Night);
        }
    }

    // The newest verified backup, which stands in for older ones: what has lost its manifest or cannot be read does not.
    private async Task<DateOnly?> NewestReadableAsync(
        List<HeldBackup> left, HashSet<DateOnly> troubled, CancellationToken cancellation)
    {
        foreach (var whole in left.Where(held => held.Entry is { IsWhole: true }).Reverse())
        {
            if ((await ReadAsync(whole.Night, cancellation)).Stored is not null) return whole.Night;
            await ledger.NoteAttentionAsync(whole.Night, nameof(VerifyBackup), cancellation); // also one without its manifest
            troubled.Add(whole.Night);
        }

        return null;
    }

    // One that the ledger does not know, as from before there was a ledger, is noted when it is first seen.
    private async Task<HeldBackup> MeetAsync(DateOnly night, BackupEntry? entry, CancellationToken cancellation)
    {
        if (entry?.Born is not null) return new(night, entry);
        var (stored, isDamaged) = await ReadAsync(night, cancellation);
        return new(night, stored is null ? entry : await ledger.NoteCopiedAsync(stored, cancellation), isDamaged);
    }

    // A damaged manifest is shown, and hides no other backup.
    private async Task<(StoredManifest? Stored, bool IsDamaged)> ReadAsync(DateOnly night, CancellationToken cancellation)
    {
        try
        {
            return (await archive.FindAsync(night, cancellation), false);
        }
        catch (InvalidDataException)
        {
            await ledger.NoteAttentionAsync(night, nameof(VerifyBackup), cancellation);
            return (null, true);
        }
    }

    // A locked or immutable backup is the trouble of that one; whatever else fails is the store's, and stops everything.
    private async Task<bool> TryDeleteAsync(HeldBackup due, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await archive.DeleteAsync(due.Night, cancellation);
        }
        catch (RequestFailedException failure) when (BackupArchive.IsLocked(failure))
        {
            await ledger.NoteAttentionAsync(due.Night, nameof(DeleteOldBackups), cancellation);
            return false;
        }

        if (due is { IsBackup: false, IsUnreadable: false }) return true; // half a copy: its row, if any, says already that it failed
        await ledger.NoteDeletedAsync(due.Night, now, cancellation);
        Deletions.Count("backup", 1);
        return true;
    }

    // As many as there can be of nights whose backup is not deleted, and a month of those that are.
    private async Task<Dictionary<DateOnly, BackupEntry>> KnownAsync(CancellationToken cancellation)
    {
        var known = new Dictionary<DateOnly, BackupEntry>();
        var deletedInARow = 0;
        await foreach (var entry in ledger.EntriesAsync(before: null, cancellation))
        {
            known[entry.Night] = entry;
            deletedInARow = entry.DeletedAt is null ? 0 : deletedInARow + 1;
            if (deletedInARow > BackupLayout.LifeInDays) break;
        }

        return known;
    }
}
