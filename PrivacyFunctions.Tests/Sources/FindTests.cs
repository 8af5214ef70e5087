using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Moq;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

public sealed class FindTests
{
    [Fact]
    public async Task FindAsync_RowsWithAnAnchor_TellItInUtc()
    {
        var copy = await SetCopy.OfAsync("usage-log");
        var person = SamplePeople.ByAddress(SamplePeople.VeryActive);

        var found = await copy.FindAsync(SetCopy.Person(person.Address));

        Assert.Equal(
            SharedSample.Truth.Rows.Where(row => row.Table == "companyUsage" && row.PartitionKey == person.Id)
                .Select(row => (DateTimeOffset?)row.Properties.Single(property => property.Key == "At").Value).Order(),
            found.Select(item => item.Anchor).Order());
        Assert.All(found, item => Assert.Equal(TimeSpan.Zero, item.Anchor!.Value.Offset));
    }

    [Fact]
    public async Task FindAsync_RowsWhoseAnchorHasNotHappened_TellNone()
    {
        var copy = await SetCopy.OfAsync("newsletter-subscriptions");

        Assert.All(
            await copy.FindAsync(SetCopy.Person(SamplePeople.NewsletterOnly)), item => Assert.Null(item.Anchor));
    }

    [Fact]
    public async Task FindAsync_FilesOfARecord_HaveTheAnchorOfItsDocument()
    {
        var copy = await SetCopy.OfAsync("support-conversations");
        var closed = SharedSample.Truth.Blobs.Where(blob => blob.Name.EndsWith("/conversation.json", StringComparison.Ordinal))
            .ToDictionary(blob => blob.Name.Split('/')[1], blob => ClosedAt(blob.Content));

        foreach (var address in new[] { SamplePeople.VeryActive, SamplePeople.ApostropheAndPlus, SamplePeople.OtherScript })
        {
            var found = await copy.FindAsync(SetCopy.Person(address));

            Assert.Equal(copy.TruthOf([.. SamplePeople.ByAddress(address).Addresses]).Order(), found.Select(item => item.Key.Value).Order());
            Assert.All(found, item => Assert.Equal(closed[item.Key.Value.Split('/')[1]], item.Anchor));
        }
    }

    [Fact]
    public async Task FindAsync_AnchorThatIsNoInstant_IsAFaultThatHoldsNoData()
    {
        var copy = await SetCopy.OfAsync("testimonials");
        var keys = SetCopy.Person(SamplePeople.OtherScript);
        var row = Assert.Single(await copy.FindAsync(keys)).Key.Row;
        await copy.Table.UpsertEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { ["PublishedAt"] = "last spring" });

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => copy.FindAsync(keys));

        Assert.Equal("An item of the data set 'testimonials' has no instant in 'PublishedAt'.", fault.Message);
    }

    [Fact]
    public void Anchor_Texts_AreReadAsUtc()
    {
        var set = SetCopy.Map[DataSetId.Parse("payments")];

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Anchor.Read(set, "2026-03-01"));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), Anchor.Read(set, "2026-03-01T10:00:00+02:00"));
    }

    [Fact]
    public async Task FindAsync_Rows_AskForKeysAndAnchorOnly()
    {
        var table = new Mock<TableClient>();
        string[] asked = [];
        table.Setup(client => client.QueryAsync<TableEntity>(
                It.IsAny<string>(), It.IsAny<int?>(), It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
            .Callback((string _, int? _, IEnumerable<string> columns, CancellationToken _) => asked = [.. columns])
            .Returns(AsyncPageable<TableEntity>.FromPages([]));
        var reach = Reach.Of(SetCopy.Map[DataSetId.Parse("payments")], SetCopy.Person(SamplePeople.OtherScript));

        await foreach (var _ in TableRows.ListAsync(table.Object, reach, reach.Set.AnchorField, CancellationToken.None))
            Assert.Fail("the table is empty");

        Assert.Equal(["PartitionKey", "RowKey", "PaidAt"], asked);
    }

    [Fact]
    public void ItemKey_Shown_WithholdsWhoItNames() =>
        Assert.Equal("(item)", $"{ItemKey.OfRow("p-0001", "profile")}");

    private static DateTimeOffset? ClosedAt(BinaryData document) =>
        JsonDocument.Parse(document).RootElement.TryGetProperty("ClosedAt", out var closed) ? closed.GetDateTimeOffset() : null;
}
