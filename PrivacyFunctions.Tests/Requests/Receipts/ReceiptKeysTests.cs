using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.Requests.Receipts;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Receipts;

/// <summary>The keys of receipts: all instances have the same ones, each year has its own, and none is lost.</summary>
[Clause("C-SECURE")]
public class ReceiptKeysTests
{
    // A year that no other test has, nor has the next one.
    private static int _year = 3000;

    private readonly EphemeralDataProtectionProvider _ring = new();
    private readonly FakeTimeProvider _time = new(new(Interlocked.Add(ref _year, 2), 7, 1, 0, 0, 0, TimeSpan.Zero));

    // Nearly always they agree on one key; if they do not, each knows those of the others.
    [Fact]
    public async Task Key_OfManyInstancesThatBeginAtOnce_IsKnownToAll()
    {
        var instances = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(_ring)));
        var keys = await Task.WhenAll(instances.Select(each => each.CurrentAsync(default)));
        Assert.All(keys, key => Assert.Matches($"^{_time.GetUtcNow().Year}-[0-9a-f]{{16}}$", key.KeyId));
        Assert.Equal(keys.Select(PublicOf).Distinct().Count(), keys.Select(key => key.KeyId).Distinct().Count());
        foreach (var instance in instances)
            foreach (var key in keys) Assert.Equal(PublicOf(key), PublicOf((await instance.FindAsync(key.KeyId, default))!));

        // Whoever begins later takes one that there is, and one instance makes one, however many ask at once.
        var later = await OpenAsync(_ring);
        Assert.Single((await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => later.CurrentAsync(default)))).Distinct());
        Assert.Contains((await later.CurrentAsync(default)).KeyId, keys.Select(key => key.KeyId));
    }

    [Fact]
    public async Task Keys_OfYearsThatAreOver_StayAndAnInstanceGoesOnWithTheNext()
    {
        var keys = await OpenAsync(_ring);
        var old = await keys.CurrentAsync(default);
        _time.Advance(TimeSpan.FromDays(366));
        var current = await keys.CurrentAsync(default);
        Assert.NotEqual(old.KeyId, current.KeyId);
        var other = await OpenAsync(_ring);
        Assert.Equal(PublicOf(old), PublicOf((await other.FindAsync(old.KeyId, default))!));
        var all = (await other.AllAsync(default)).Select(key => key.KeyId).ToList();
        Assert.Contains(old.KeyId, all);
        Assert.Contains(current.KeyId, all);
    }

    // As after the loss of the ring: the intake goes on with another key, and whoever has a receipt by the old one can still show it.
    [Fact]
    public async Task Key_ThatCannotBeOpened_StillChecksReceipts_AndHasAnotherOneBesideIt()
    {
        var lost = await (await OpenAsync(_ring)).CurrentAsync(default);
        var others = await OpenAsync(new EphemeralDataProtectionProvider());
        Assert.Equal(PublicOf(lost), PublicOf((await others.FindAsync(lost.KeyId, default))!));
        var current = await others.CurrentAsync(default);
        Assert.NotEqual(lost.KeyId, current.KeyId);
        Assert.Equal(current.KeyId, (await others.CurrentAsync(default)).KeyId);
        var all = (await others.AllAsync(default)).Select(key => key.KeyId).ToList();
        Assert.Contains(lost.KeyId, all);
        Assert.Contains(current.KeyId, all);
        Assert.Equal(lost.KeyId, (await (await OpenAsync(_ring)).CurrentAsync(default)).KeyId);
    }

    // As after the container was lost, or an old state of it was put back: no name comes to stand for another key.
    [Fact]
    public async Task Key_ThatLiesUnderTheNameOfAnother_IsNone()
    {
        var storage = (await SharedRecords.OpenAsync()).Storage;
        var key = await (await OpenAsync(_ring)).CurrentAsync(default);
        var container = await storage.ContainerAsync("privacy-receipt-keys");
        var kept = (await container.GetBlobClient(key.KeyId).DownloadContentAsync()).Value.Content;
        var names = new[] { $"{key.KeyId[..5]}0123456789abcdef", $"2999{key.KeyId[4..]}" };
        await container.GetBlobClient(names[0]).UploadAsync(kept);
        await container.GetBlobClient(names[1]).UploadAsync(new BinaryData("nothing"), overwrite: true);
        var others = await OpenAsync(_ring);
        foreach (var name in names) Assert.Null(await others.FindAsync(name, default));
        Assert.DoesNotContain((await others.AllAsync(default)).Select(each => each.KeyId), names.Contains);
        Assert.DoesNotContain("PRIVATE", kept.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9999")]
    [InlineData("2026")]
    [InlineData("9999-0123456789abcdef")]
    [InlineData("2026-0123456789abcdef")]
    [InlineData("2026-0123456789ABCDEF")]
    [InlineData("../2026-0123456789abcdef")]
    [InlineData("2026-0123456789abcdef\n")]
    public async Task Key_OfNoYearThatThereWas_IsNone(string name) => Assert.Null(await (await OpenAsync(_ring)).FindAsync(name, default));

    private static string PublicOf(ECDsaSecurityKey key) => Convert.ToHexString(key.ECDsa.ExportSubjectPublicKeyInfo());

    private async Task<ReceiptKeys> OpenAsync(IDataProtectionProvider ring) => new((await SharedRecords.OpenAsync()).Storage, ring, _time);
}
