using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Callers;

/// <summary>Keys in their table.</summary>
[Clause("C-ACCESS")]
public class CallerKeysTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Key_OnceRevoked_StaysRevokedWithItsDate()
    {
        var keys = await OpenAsync();
        var (key, caller) = (CallerKey.Create(), new Caller($"op-{Guid.NewGuid():N}", CallerKind.Operator, CallerRole.Agent));
        await keys.AddAsync(key, caller, default);
        Assert.Equal(caller, await keys.FindAsync(key, default));

        _time.Advance(TimeSpan.FromDays(1));
        await keys.RevokeAsync(await IssuedAsync(keys, key), default);
        var revoked = await IssuedAsync(keys, key);
        _time.Advance(TimeSpan.FromDays(1));
        await keys.RevokeAsync(revoked, default);
        await keys.AddAsync(key, caller, default); // as the local host does at each start

        Assert.Null(await keys.FindAsync(key, default));
        Assert.Equal(
            new IssuedKey(key.Hash, caller, _time.Start, _time.Start.AddDays(1)), await IssuedAsync(keys, key));
    }

    [Fact]
    public async Task Table_HoldsNoKey()
    {
        var (keys, key) = (await OpenAsync(), CallerKey.Create());
        await keys.AddAsync(key, new("op-1", CallerKind.Operator, CallerRoles.All), default);

        var table = await (await SharedRecords.OpenAsync()).Storage.TableAsync("privacyCallers");
        var rows = await table.QueryAsync<TableEntity>().ToListAsync();
        var row = Assert.Single(rows, row => row.RowKey == key.Hash);
        Assert.Equal( // as published: a row stays readable for ever
            ("key", "op-1", "Operator", "messages, agent, approver, dpo, auditor", _time.Start),
            (row.PartitionKey, row.GetString("Id"), row.GetString("Kind"), row.GetString("Roles"), row.GetDateTimeOffset("CreatedAt")));
        Assert.DoesNotContain(rows.SelectMany(row => row), column => $"{column.Value}".Contains(key.Reveal()[4..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_ThatSomebodySpoiled_GivesNoRole()
    {
        var (keys, key) = (await OpenAsync(), CallerKey.Create());
        var table = await (await SharedRecords.OpenAsync()).Storage.TableAsync("privacyCallers");
        await table.AddEntityAsync(new TableEntity("key", key.Hash) { ["Id"] = 7, ["Kind"] = true, ["Roles"] = 31 });

        Assert.Equal(new("", CallerKind.System, CallerRole.None), await keys.FindAsync(key, default));
        Assert.Contains(await keys.ListAsync(default).ToListAsync(), found => found.Hash == key.Hash);
        await table.DeleteEntityAsync("key", key.Hash);
    }

    private async Task<CallerKeys> OpenAsync() => new((await SharedRecords.OpenAsync()).Storage, _time);

    private static async Task<IssuedKey> IssuedAsync(CallerKeys keys, CallerKey key) =>
        await keys.ListAsync(default).SingleAsync(found => found.Hash == key.Hash);
}
