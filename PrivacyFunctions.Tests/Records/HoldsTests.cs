using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Records;

[Clause("K-EXTEND")]
public class HoldsTests
{
    [Fact]
    public async Task OfPersonAsync_HoldsOfSomebodyElse_AreNotAmongThem()
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var storage = new RecordStorage(new TableServiceClient(connection), new BlobServiceClient(connection));
        var pepper = new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
        var holds = new Holds(storage, new People(storage, Options.Create(pepper), TimeProvider.System), TimeProvider.System);
        var (one, other) = (EmailAddress.Parse("one@example.com"), EmailAddress.Parse("other@example.com"));
        var hold = new Hold("claim-1", HoldKind.Legal, "payments", "a claim", "legal", new(2027, 1, 31));

        await holds.PlaceAsync(one, hold, "op-1", CancellationToken.None);

        Assert.Equal([hold], await holds.OfPersonAsync([one], CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync([other], CancellationToken.None));
        Assert.True(await holds.TryReleaseAsync(one, hold.Id, "op-1", CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync([one], CancellationToken.None));
    }
}
