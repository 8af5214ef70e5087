using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>A store that is away may come back: it must not keep the app, and all that does not need it, from starting.</summary>
public class CheckStoresTests
{
    private const string Nobody =
        "DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=bm9ib2R5;"
        + "BlobEndpoint=http://127.0.0.1:9/nobody;TableEndpoint=http://127.0.0.1:9/nobody;";

    [Fact]
    public async Task Start_StorageThatDoesNotAnswer_GoesOnWithinSeconds()
    {
        await CheckOfNobody().StartingAsync(default).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Start_ThatIsCalledOff_IsNotTakenForStoresThatAreThere()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CheckOfNobody().StartingAsync(new(canceled: true)));
    }

    private static CheckStores CheckOfNobody()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("Records:Storage", (string?)Nobody)]).Build();
        return new(
            DataMapRegister.LoadEmbedded(), new CompanyStorage(configuration), RecordStorage.Open(Nobody), Kinds.All, TestLetters.Writer, Kinds.Json,
            configuration, NullLogger<CheckStores>.Instance);
    }
}
