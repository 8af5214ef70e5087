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

    public static TheoryData<object?, object?, object?> Spoiled => new()
    {
        { true, 31, null },
        { "7", "agent", null },
        { "operator", "agent", null },
        { null, "agent", null },
        { "Operator", "agent", "yesterday" },
        { "Operator", "agent", "" },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task Row_ThatSomebodySpoiled_OpensNothing(object? kind, object? roles, object? revokedAt)
    {
        var (keys, key) = (await OpenAsync(), CallerKey.Create());
        await WriteAsync(key, kind, roles, revokedAt);

        Assert.Null(await keys.FindAsync(key, default));
        var listed = await IssuedAsync(keys, key);
        Assert.True(listed.RevokedAt is not null || listed.Caller.Roles == CallerRole.None);
        await ForgetAsync(key);
    }

    [Fact]
    public async Task Row_OfASystem_GivesNoRoleOfAnOperator()
    {
        var (keys, key) = (await OpenAsync(), CallerKey.Create());
        await WriteAsync(key, "System", "messages, approver, dpo", revokedAt: null);

        Assert.Equal(new("op-1", CallerKind.System, CallerRole.Messages), await keys.FindAsync(key, default));
        await ForgetAsync(key);
    }

    private static async Task WriteAsync(CallerKey key, object? kind, object? roles, object? revokedAt)
    {
        var row = new TableEntity("key", key.Hash) { ["Id"] = "op-1", ["Kind"] = kind, ["Roles"] = roles };
        if (revokedAt is not null) row["RevokedAt"] = revokedAt;
        await (await (await SharedRecords.OpenAsync()).Storage.TableAsync("privacyCallers")).AddEntityAsync(row);
    }

    private static async Task ForgetAsync(CallerKey key) =>
        await (await (await SharedRecords.OpenAsync()).Storage.TableAsync("privacyCallers")).DeleteEntityAsync("key", key.Hash);

    private async Task<CallerKeys> OpenAsync() => new((await SharedRecords.OpenAsync()).Storage, _time);

    private static async Task<IssuedKey> IssuedAsync(CallerKeys keys, CallerKey key) =>
        await keys.ListAsync(default).SingleAsync(found => found.Hash == key.Hash);
}
