using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Callers;

/// <summary>A key that was made, without the key.</summary>
/// <param name="Hash">SHA-256 of it.</param>
/// <param name="Caller">Whose it is.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="RevokedAt">Since when it opens nothing any more, UTC; null while it does.</param>
internal sealed record IssuedKey(string Hash, Caller Caller, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>By what people tell it from others.</summary>
    public string Number => CallerKey.NumberOf(Hash);
}

/// <summary>
/// The keys of operators and systems by their hashes (C-ACCESS). Whoever may write to this table can make keys, nobody else; no
/// route does. A row stays when its key is revoked: the audit chain names its caller.
/// </summary>
internal sealed class CallerKeys(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacyCallers";
    private const string Partition = "key";
    private const string RevokedAt = "RevokedAt";

    /// <summary>Whose key it is; null if it is nobody's or was revoked. One read of one row.</summary>
    public async Task<Caller?> FindAsync(CallerKey key, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, key.Hash, cancellationToken: cancellation);
        return row.HasValue && KindOf(row.Value!) is not null && Read(row.Value!) is { RevokedAt: null, Caller: var caller }
            ? caller
            : null;
    }

    /// <summary>Keeps a key. One that is kept already stays as it is, revoked or not.</summary>
    public async Task AddAsync(CallerKey key, Caller caller, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        try
        {
            await table.AddEntityAsync(
                new TableEntity(Partition, key.Hash)
                {
                    ["Id"] = caller.Id,
                    ["Kind"] = caller.Kind.ToString(),
                    ["Roles"] = caller.Roles.Words(),
                    ["CreatedAt"] = time.GetUtcNow(),
                },
                cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // It is kept already: a second start of the local host, or a command that was repeated.
        }
    }

    /// <summary>Every key that was made, in no order.</summary>
    public async IAsyncEnumerable<IssuedKey> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == Partition, cancellationToken: cancellation))
            yield return Read(row);
    }

    /// <summary>From now on it opens nothing. One that was revoked before keeps its date.</summary>
    public async Task RevokeAsync(IssuedKey key, CancellationToken cancellation)
    {
        if (key.RevokedAt is not null) return;
        var end = new TableEntity(Partition, key.Hash) { [RevokedAt] = time.GetUtcNow() };
        await (await storage.TableAsync(Table)).UpdateEntityAsync(end, ETag.All, TableUpdateMode.Merge, cancellation);
    }

    // Of a row that somebody spoiled as little is believed as can be: a date of revoking that cannot be read was one, who is
    // of no known kind has no role, and a system has no role but its own.
    private static IssuedKey Read(TableEntity row)
    {
        var kind = KindOf(row);
        var possible = kind switch
        {
            CallerKind.Operator => CallerRoles.All,
            CallerKind.System => CallerRole.Messages,
            _ => CallerRole.None,
        };
        var roles = CallerRoles.Read(row["Roles"] as string ?? "", out _) & possible;
        return new(
            row.RowKey, new(row["Id"] as string ?? "", kind ?? CallerKind.System, roles),
            row["CreatedAt"] as DateTimeOffset? ?? default,
            row.ContainsKey(RevokedAt) ? row[RevokedAt] as DateTimeOffset? ?? DateTimeOffset.MinValue : null);
    }

    private static CallerKind? KindOf(TableEntity row) => (row["Kind"] as string) switch
    {
        nameof(CallerKind.Operator) => CallerKind.Operator,
        nameof(CallerKind.System) => CallerKind.System,
        _ => null,
    };
}
