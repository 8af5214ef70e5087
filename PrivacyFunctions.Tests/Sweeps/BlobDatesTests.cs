using Azure.Storage.Blobs.Models;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>The documents that date the files of their records.</summary>
[Clause("K-SCHEDULE")]
public class BlobDatesTests
{
    [Fact]
    public async Task PageAsync_DocumentThatIsArchived_HoldsUpNoOther()
    {
        var (store, copy) = (await SweptStore.OpenAsync(), await SetCopy.OfAsync("support-conversations"));
        var key = KeyPath.Encode(EmailAddress.Parse("nobody-else@example.com"));
        var away = $"{key}/T-1/conversation.json";
        await copy.Container.UploadBlobAsync(away, BinaryData.FromString("{}"));
        await copy.Container.GetBlobClient(away).SetAccessTierAsync(AccessTier.Archive);

        var (dates, items, place) = (new BlobDates(store.Company), new List<DatedItem>(), (string?)null);
        do
        {
            var page = await dates.PageAsync(copy.Set, ["ClosedAt"], place, DatedPage.Size, CancellationToken.None);
            items.AddRange(page.Items);
            place = page.Next;
        }
        while (place is not null);

        Assert.Equal([away], items.Where(item => item.IsOutOfReach).Select(item => item.Key.Value));
        Assert.Contains(items, item => item.Version is not null);
    }
}
