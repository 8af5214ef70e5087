using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Evidence;
using PrivacyFunctions.Policy;

namespace PrivacyFunctions.Backups;

/// <summary>
/// The backups that are there: deletes those whose time is over, and looks whether an account that was purged is gone from
/// them (T-BACKUP). A backup holds an account if the account lived at its birth; there is no list per account. Nothing is
/// remembered between calls.
/// </summary>
internal sealed class BackupShelf(DataMapRegister map, BackupArchive archive, BackupLedger ledger, LegalTime time)
{
    /// <summary>
    /// Deletes what should be gone, and then looks for an account: at the dates first, and once no backup from before the
    /// purge is left, into the oldest one. It reads only the parts of it that can hold the account.
    /// </summary>
    /// <param name="account">The account; null to go by the dates alone, where a newer one has its number.</param>
    /// <param name="purgedAt">The legal instant at which nothing of it was left in the active data.</param>
    /// <param name="cancellation">Stops it; calling again is safe.</param>
    /// <exception cref="InvalidDataException">The backup to open is damaged.</exception>
    public async Task<BackupFinding> LookForAsync(
        AccountId? account, DateTimeOffset purgedAt, CancellationToken cancellation)
    {
        var left = await DeleteDueAsync(cancellation);
        var before = left.Where(held => held.BornAtTheEarliest <= purgedAt).ToList();
        if (before.Count > 0) return new BackupFinding.StillThere([.. before.Select(held => held.BornOn)]);

        return left.FirstOrDefault(held => held.CanBeOpened) is { } oldest
            && await archive.FindAsync(oldest.Night, cancellation) is { } opened
                ? account is { } searched
                    ? await SearchAsync(opened, searched, cancellation)
                    : new BackupFinding.Gone(opened.Manifest.BornOn, ChunksRead: 0, opened.Sha256)
                : new BackupFinding.NothingToOpen();
    }

    /// <summary>
    /// Deletes each backup whose kill date has come, if a newer verified one is there, and what an earlier night left half
    /// copied. The ledger keeps a row of each.
    /// </summary>
    /// <returns>What is left, oldest first.</returns>
    public async Task<IReadOnlyList<HeldBackup>> DeleteDueAsync(CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var today = BackupLayout.DateOf(now);
        var known = await KnownAsync(cancellation);
        var left = new List<HeldBackup>();
        foreach (var night in await archive.NightsAsync(cancellation))
            left.Add(new(night, await MeetAsync(night, known.GetValueOrDefault(night), cancellation)));

        var newestWhole = left.LastOrDefault(held => held.Entry is { IsWhole: true })?.Night;
        foreach (var due in left.Where(held => held.IsDue(today, newestWhole)).ToList())
        {
            if (due.IsBackup && await archive.FindAsync(newestWhole!.Value, cancellation) is null)
                throw new InvalidDataException("The backup that should stand in for an older one has lost its manifest.");
            await DeleteAsync(due, now, cancellation);
            left.Remove(due);
        }

        // A deletion that died before its note.
        foreach (var gone in known.Values.Where(entry => entry.DeletedAt is null && entry.KillOn <= today))
            if (left.All(held => held.Night != gone.Night)) await ledger.NoteDeletedAsync(gone.Night, now, cancellation);
        return left;
    }

    // One that the ledger does not know, as from before there was a ledger, is noted when it is first seen.
    private async Task<LedgerEntry?> MeetAsync(DateOnly night, LedgerEntry? entry, CancellationToken cancellation) =>
        entry?.Born is null && await archive.FindAsync(night, cancellation) is { } stored
            ? await ledger.NoteCopiedAsync(stored, cancellation)
            : entry;

    private async Task DeleteAsync(HeldBackup due, DateTimeOffset now, CancellationToken cancellation)
    {
        await archive.DeleteAsync(due.Night, cancellation);
        if (!due.IsBackup) return; // half a copy: its row, if any, says already that it failed
        await ledger.NoteDeletedAsync(due.Night, now, cancellation);
        Deletions.Count("backup", 1);
    }

    private async Task<BackupFinding> SearchAsync(StoredManifest opened, AccountId account, CancellationToken cancellation)
    {
        var read = 0;
        foreach (var purged in PurgedSet.AllOf(map))
        {
            var search = new AccountInChunk(purged.Find, account);
            var store = BackupStore.Of(purged.Set).Name;
            foreach (var chunk in opened.Manifest.Chunks.Where(chunk => chunk.Store == store && search.MayBeIn(chunk)))
            {
                read++;
                var found = chunk.File is null
                    ? (await archive.ReadAsync(opened.Night, chunk, cancellation)).Any(search.IsLine)
                    : search.IsFile(chunk);
                if (found) return new BackupFinding.Holds(opened.Manifest.BornOn, purged.Set.Id.Value);
            }
        }

        return new BackupFinding.Gone(opened.Manifest.BornOn, read, opened.Sha256);
    }

    // As many as there can be of nights whose backup is not deleted, and a month of those that are.
    private async Task<Dictionary<DateOnly, LedgerEntry>> KnownAsync(CancellationToken cancellation)
    {
        var known = new Dictionary<DateOnly, LedgerEntry>();
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

/// <summary>A folder of the container, with what the ledger says of it; nothing if it was never a backup.</summary>
internal sealed record HeldBackup(DateOnly Night, LedgerEntry? Entry)
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
    /// night is over and was given up, at the latest when a backup would go.
    /// </summary>
    public bool IsDue(DateOnly today, DateOnly? newestWhole) =>
        IsBackup ? Entry!.KillOn <= today && newestWhole > Night
        : BackupLayout.KillOn(Night) <= today || (Night < today && Entry is not { IsOver: false });
}
