using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Backups;

/// <summary>
/// The evidence of T-BACKUP: one row for each night, which outlives its backup. It holds dates, sizes and a hash; no personal
/// data. Instants are legal, UTC. Rows lie newest first; those of each container of backups lie apart.
/// </summary>
internal sealed class BackupLedger(RecordStorage storage, DataMapRegister map)
{
    private const string Table = "privacyBackups";

    private string Partition => BackupStore.BackupsOf(map).Store.Name;

    /// <summary>A night's name beyond this ledger, as for the mails about it: those of each container of backups lie apart.</summary>
    public string NameOf(DateOnly night) => $"{Partition}-{BackupLayout.NameOf(night)}";

    /// <summary>Opens the row of a night; the one that is there stays as it is.</summary>
    public async Task<BackupEntry> OpenAsync(DateOnly night, DateTimeOffset now, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        try
        {
            await table.AddEntityAsync(RowOf(night, (nameof(BackupEntry.StartedAt), now)), cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // The night was begun before.
        }

        return await GetAsync(night, cancellation);
    }

    /// <summary>Notes what was copied, also of a backup that this ledger did not know.</summary>
    public async Task<BackupEntry> NoteCopiedAsync(StoredManifest stored, CancellationToken cancellation)
    {
        await NoteAsync(
            stored.Night, cancellation,
            (nameof(BackupEntry.Born), stored.Manifest.Born),
            (nameof(BackupEntry.KillOn), BackupLayout.NameOf(stored.Manifest.KillOn)),
            (nameof(BackupEntry.Rows), stored.Manifest.Rows),
            (nameof(BackupEntry.Bytes), stored.Manifest.Bytes),
            (nameof(BackupEntry.ManifestSha256), stored.Sha256));
        return await GetAsync(stored.Night, cancellation);
    }

    public Task NoteVerifiedAsync(DateOnly night, DateTimeOffset now, CancellationToken cancellation) =>
        NoteAsync(night, cancellation, (nameof(BackupEntry.VerifiedAt), now), (nameof(BackupEntry.Attention), ""));

    /// <summary>Shows that a step failed for good and somebody has to look.</summary>
    public Task NoteAttentionAsync(DateOnly night, string step, CancellationToken cancellation) =>
        NoteAsync(night, cancellation, (nameof(BackupEntry.Attention), step));

    public Task NoteDeletedAsync(DateOnly night, DateTimeOffset now, CancellationToken cancellation) =>
        NoteAsync(night, cancellation, (nameof(BackupEntry.DeletedAt), now));

    /// <summary>The nights before a date, newest first; all without one. They are read as they are asked for.</summary>
    public async IAsyncEnumerable<BackupEntry> EntriesAsync(
        DateOnly? before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = before is { } date ? KeyOf(date) : "";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after}");
        var table = await storage.TableAsync(Table);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return ToEntry(row);
    }

    private async Task<BackupEntry> GetAsync(DateOnly night, CancellationToken cancellation) => ToEntry(
        (await (await storage.TableAsync(Table))
            .GetEntityAsync<TableEntity>(Partition, KeyOf(night), cancellationToken: cancellation)).Value);

    private async Task NoteAsync(DateOnly night, CancellationToken cancellation, params (string, object)[] values) =>
        await (await storage.TableAsync(Table)).UpsertEntityAsync(RowOf(night, values), TableUpdateMode.Merge, cancellation);

    private TableEntity RowOf(DateOnly night, params (string Name, object Value)[] values)
    {
        var row = new TableEntity(Partition, KeyOf(night)) { [nameof(BackupEntry.Night)] = BackupLayout.NameOf(night) };
        foreach (var (name, value) in values) row[name] = value;
        return row;
    }

    private static BackupEntry ToEntry(TableEntity row) => new(
        Date(row, nameof(BackupEntry.Night))!.Value,
        row.GetDateTimeOffset(nameof(BackupEntry.StartedAt)),
        row.GetDateTimeOffset(nameof(BackupEntry.Born)),
        Date(row, nameof(BackupEntry.KillOn)),
        row.GetDateTimeOffset(nameof(BackupEntry.VerifiedAt)),
        row.GetDateTimeOffset(nameof(BackupEntry.DeletedAt)),
        row.GetInt64(nameof(BackupEntry.Rows)),
        row.GetInt64(nameof(BackupEntry.Bytes)),
        row.GetString(nameof(BackupEntry.ManifestSha256)),
        row.GetString(nameof(BackupEntry.Attention)) is { Length: > 0 } step ? step : null);

    private static DateOnly? Date(TableEntity row, string name) =>
        row.GetString(name) is { } text && BackupLayout.TryReadNight(text, out var date) ? date : null;

    // The newest date has the lowest key.
    private static string KeyOf(DateOnly night) =>
        FormattableString.Invariant($"{DateOnly.MaxValue.DayNumber - night.DayNumber:D7}");
}

/// <summary>What is known of a night's backup.</summary>
/// <param name="StartedAt">When the night was begun; null for a backup that was there before this ledger.</param>
/// <param name="VerifiedAt">When it was read back and found whole.</param>
/// <param name="Attention">The step that failed for good; null when nobody has to look.</param>
internal sealed record BackupEntry(
    DateOnly Night, DateTimeOffset? StartedAt, DateTimeOffset? Born, DateOnly? KillOn, DateTimeOffset? VerifiedAt,
    DateTimeOffset? DeletedAt, long? Rows, long? Bytes, string? ManifestSha256, string? Attention)
{
    /// <summary>Where it stands, in a word.</summary>
    public LedgerState State =>
        DeletedAt is not null ? LedgerState.Deleted
        : Attention is not null ? LedgerState.NeedsAttention
        : VerifiedAt is not null ? LedgerState.Verified
        : LedgerState.NotVerified;

    /// <summary>Whether its making is over, well or badly: it is never begun again.</summary>
    public bool IsOver => State is not LedgerState.NotVerified;

    /// <summary>Whether it can stand in for an older one.</summary>
    public bool IsWhole => VerifiedAt is not null && DeletedAt is null;
}

internal enum LedgerState
{
    /// <summary>Under way, or from before there was a ledger.</summary>
    NotVerified,
    Verified,
    NeedsAttention,
    Deleted,
}
