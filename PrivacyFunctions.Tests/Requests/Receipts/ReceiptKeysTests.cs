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

    [Fact]
    public async Task Key_OfManyInstancesThatBeginAtOnce_IsTheSame()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await (await OpenAsync(_ring)).CurrentAsync(default)));
        Assert.Equal($"{_time.GetUtcNow().Year}", Assert.Single(keys.Select(key => key.KeyId).Distinct()));
        Assert.Single(keys.Select(PublicOf).Distinct());
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

    // As after the loss of the ring: the intake goes on, with another key.
    [Fact]
    public async Task Key_ThatCannotBeOpened_HasAnotherOneBesideIt()
    {
        var lost = await (await OpenAsync(_ring)).CurrentAsync(default);
        var others = await OpenAsync(new EphemeralDataProtectionProvider());
        Assert.Null(await others.FindAsync(lost.KeyId, default));
        Assert.Equal($"{lost.KeyId}-2", (await others.CurrentAsync(default)).KeyId);
        Assert.Equal(lost.KeyId, (await (await OpenAsync(_ring)).CurrentAsync(default)).KeyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9999")]
    [InlineData("2026-0")]
    [InlineData("2026-100")]
    [InlineData("../2026")]
    [InlineData("2026\n")]
    public async Task Key_OfNoYearThatThereWas_IsNone(string name) => Assert.Null(await (await OpenAsync(_ring)).FindAsync(name, default));

    private static string PublicOf(ECDsaSecurityKey key) => Convert.ToHexString(key.ECDsa.ExportSubjectPublicKeyInfo());

    private async Task<ReceiptKeys> OpenAsync(IDataProtectionProvider ring) => new((await SharedRecords.OpenAsync()).Storage, ring, _time);
}
