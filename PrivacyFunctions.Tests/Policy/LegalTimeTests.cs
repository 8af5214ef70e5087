using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Tests.Policy;

public class LegalTimeTests
{
    private const string Nowhere = "UseDevelopmentStorage=true";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);

    private LegalTime Legal => new(
        Options.Create(new PolicyOptions()),
        new RecordStorage(new TableServiceClient(Nowhere), new BlobServiceClient(Nowhere)),
        _time);

    [Fact]
    public async Task NowOrAt_InstantThatIsMomentsAway_WaitsForIt()
    {
        var instant = Now.AddSeconds(1);
        var waiting = Legal.NowOrAtAsync(instant, default);
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(await waiting >= instant);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(0)]
    [InlineData(60)]
    public async Task NowOrAt_InstantThatIsOverOrFarAway_IsNotWaitedFor(int seconds) =>
        Assert.Equal(Now, await Legal.NowOrAtAsync(Now.AddSeconds(seconds), default));
}
