using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>
/// Which sign-ins were used, and for which case: each proves one case, however often it is sent and to however many hosts. A row is kept for as long
/// as the token could be sent again.
/// </summary>
internal sealed class UsedSignIns(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacySignIns";
    private const string RowKey = "used";
    private const string Case = "Case";
    private const string EndsAt = "EndsAt";

    /// <summary>Uses a sign-in for a case. It does not matter whether the case was stored: the same submission gets as far again.</summary>
    /// <returns>False when it was used for another case.</returns>
    public async Task<bool> TryUseAsync(SignIn signIn, CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        try
        {
            await table.AddEntityAsync(new TableEntity(signIn.Key, RowKey) { [Case] = id.Value, [EndsAt] = signIn.Until }, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(signIn.Key, RowKey, cancellationToken: cancellation);
            return row.HasValue && row.Value!.GetString(Case) == id.Value;
        }
    }

    /// <summary>Deletes the rows of those that are too old to prove anything.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        // An hour more, so that an instance whose clock is late still finds them.
        var old = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"EndsAt lt {time.GetUtcNow().AddHours(-1)}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation);
        await foreach (var row in old) await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
    }
}
