using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using Moq;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>Keys reach what is theirs; everything else is refused before a store is asked.</summary>
public sealed class ReachTests
{
    private static readonly SubjectKeys Person = SetCopy.Person(SamplePeople.ServiceDataOnly);
    private static readonly AccountKeys Account = SetCopy.Account("a-01");
    private static readonly DataSet Payments = SetCopy.Map[DataSetId.Parse("payments")];
    private static readonly DataSet Posts = SetCopy.Map[DataSetId.Parse("forum-posts")];
    private static readonly DataSet Testimonials = SetCopy.Map[DataSetId.Parse("testimonials")];

    [Fact]
    [Clause("T-PROCESSOR")]
    [Clause("T-DIRECTIVE")]
    public async Task Sources_PersonInWhatIsNotGathered_AreRefused()
    {
        foreach (var set in SetCopy.Map.DataSets.Except(SetCopy.Map.Gathered))
            await AssertRefusedAsync(set, Person);
    }

    [Fact]
    [Clause("T-KEEP")]
    public async Task Sources_AccountInWhatDoesNotGoWithIt_AreRefused()
    {
        foreach (var set in SetCopy.Map.DataSets.Except(SetCopy.Map.PurgedWithAccount))
            await AssertRefusedAsync(set, Account);
    }

    [Fact]
    public void Of_SetWhoseWayWouldFindSomebodyElse_StillFillsOnlyItsOwn()
    {
        var service = SetCopy.Map[DataSetId.Parse("service-contacts")];

        // as if the map had been changed behind the loader's back
        var person = Reach.Of(service with { Role = Role.Controller }, Person);
        var account = Reach.Of(service with { OfAccount = Payments.Find }, Account);

        Assert.Throws<InvalidOperationException>(() => person.Names);
        Assert.Throws<InvalidOperationException>(() => account.Names);
    }

    [Fact]
    public async Task Sources_TooManyItems_AreRefused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Unasked().EraseAsync(Posts, Person, Items(PersonalDataSources.LargestErasure(Posts, Person) + 1), CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Unasked().AnonymiseAsync(Posts, Person, Items(101), SetCopy.Salt, CancellationToken.None));

        static List<ItemKey> Items(int count) =>
            [.. Enumerable.Range(0, count).Select(number => ItemKey.OfRow("p-0001", $"{number}"))];
    }

    [Fact]
    public async Task AnonymiseAsync_SaltThatCanBeGuessed_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Unasked().AnonymiseAsync(Posts, Person, [], new byte[15], CancellationToken.None));

    [Fact]
    public async Task AnonymiseAsync_SetForWhichTheMapSaysNothing_IsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Unasked().AnonymiseAsync(Payments, Person, [], SetCopy.Salt, CancellationToken.None));

    [Fact]
    public async Task EraseAsync_StoreThatIsBusy_IsAFaultAndNotAGoneRow()
    {
        var busy = new TableTransactionFailedException(new RequestFailedException(503, "busy", "ServerBusy", null));
        var table = new Mock<TableClient>(MockBehavior.Strict);
        table.Setup(client => client.SubmitTransactionAsync(
            It.IsAny<IEnumerable<TableTransactionAction>>(), It.IsAny<CancellationToken>())).ThrowsAsync(busy);

        var fault = await Assert.ThrowsAsync<TableTransactionFailedException>(() => TableErasure.EraseAsync(
            table.Object, Reach.Of(Payments, Person), [Row(Person, "INV-1")], CancellationToken.None));

        Assert.Equal(503, fault.Status);
    }

    [Fact]
    public async Task EraseAsync_RowThatIsGivenAwayAtTheSameMoment_IsDeletedInTheVersionThatWasReadOnly()
    {
        var (table, read) = TableWithARow();
        table.Setup(client => client.DeleteEntityAsync("published", "t-1", read.ETag, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new RequestFailedException(412, "changed"));

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => TableErasure.EraseAsync(
            table.Object, Reach.Of(Testimonials, Person), [ItemKey.OfRow("published", "t-1")], CancellationToken.None));

        Assert.Equal(412, fault.Status);
    }

    /// <summary>The counterpart: the old copy must not take the place of what came in between.</summary>
    [Fact]
    public async Task AnonymiseAsync_RowThatIsGivenAwayAtTheSameMoment_IsWrittenOverTheVersionThatWasReadOnly()
    {
        var (table, read) = TableWithARow();
        table.Setup(client => client.UpdateEntityAsync(
                It.IsAny<TableEntity>(), read.ETag, TableUpdateMode.Replace, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new RequestFailedException(412, "changed"));

        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => TableAnonymisation.AnonymiseAsync(
            table.Object, Reach.Of(Testimonials, Person), [ItemKey.OfRow("published", "t-1")], SetCopy.Salt, CancellationToken.None));

        Assert.Equal(412, fault.Status);
    }

    private static (Mock<TableClient> Table, TableEntity Read) TableWithARow()
    {
        var read = new TableEntity("published", "t-1") { ["Email"] = Person.Address.Value, ETag = new ETag("\"read\"") };
        var table = new Mock<TableClient>(MockBehavior.Strict);
        table.Setup(client => client.GetEntityIfExistsAsync<TableEntity>(
                "published", "t-1", It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Response.FromValue(read, Mock.Of<Response>()));
        return (table, read);
    }

    private static ItemKey Row(SubjectKeys person, string row) => ItemKey.OfRow(person.Persons[0].Value, row);

    private static async Task AssertRefusedAsync(DataSet set, DataKeys keys)
    {
        var anonymised = set with { Erasure = set.Erasure with { Action = ErasureAction.Anonymise } };
        var sources = Unasked();

        Assert.Throws<InvalidOperationException>(() => sources.ExportAsync(set, keys, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => sources.FindAsync(set, keys, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => sources.EraseAsync(set, keys, [], CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => sources.AnonymiseAsync(anonymised, keys, [], SetCopy.Salt, CancellationToken.None));
    }

    private static PersonalDataSources Unasked() => new([new NeverAsked(StoreKind.Table), new NeverAsked(StoreKind.Blob)]);

    private sealed class NeverAsked(StoreKind store) : IPersonalDataSource
    {
        public StoreKind Store => store;

        public IAsyncEnumerable<PersonalRecord> ExportAsync(Reach reach, CancellationToken cancellation) => throw Asked(reach);

        public IAsyncEnumerable<FoundItem> FindAsync(Reach reach, CancellationToken cancellation) => throw Asked(reach);

        public Task<CorrectedRecords> CorrectAsync(Reach reach, FieldCorrection correction, CancellationToken cancellation) =>
            throw Asked(reach);

        public Task<int> EraseAsync(Reach reach, IReadOnlyList<ItemKey> items, CancellationToken cancellation) =>
            throw Asked(reach);

        public Task<int> AnonymiseAsync(
            Reach reach, IReadOnlyList<ItemKey> items, byte[] salt, CancellationToken cancellation) => throw Asked(reach);

        private static UnreachableException Asked(Reach reach) => new($"The store of '{reach.Set.Id}' was asked.");
    }
}
