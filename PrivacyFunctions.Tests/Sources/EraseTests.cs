using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>What is erased is compared with what the generator says is theirs; everything else must lie as it lay.</summary>
public sealed class EraseTests
{
    public static TheoryData<string> ErasedSets => new(SetCopy.Map.Gathered
        .Where(set => set.Erasure.Action is ErasureAction.Erase).Select(set => set.Id.Value));

    [Theory]
    [Clause("R-ERASE")]
    [MemberData(nameof(ErasedSets))]
    public async Task EraseAsync_AwkwardPeople_TakesExactlyTheirs(string set)
    {
        var copy = await SetCopy.OfAsync(set);
        string[] addresses = [SamplePeople.ApostropheAndPlus, SamplePeople.TwoAddressesSecond, SamplePeople.NewsletterOnly];
        foreach (var address in addresses)
            await AssertErasesExactlyAsync(
                copy, SetCopy.Person(address), [.. SamplePeople.ByAddress(address).Addresses, SamplePeople.ByAddress(address).Id]);
    }

    [Fact]
    [Clause("R-ERASE")]
    public async Task EraseAsync_ThousandsOfRows_GoWhileTheListingGoesOn() => await AssertErasesExactlyAsync(
        await SetCopy.OfAsync("usage-log"), SetCopy.Person(SamplePeople.VeryActive),
        SamplePeople.ByAddress(SamplePeople.VeryActive).Id);

    [Theory]
    [Clause("T-ACTIVE")]
    [InlineData("service-contacts")]
    [InlineData("service-files")]
    public async Task EraseAsync_Account_TakesItsServiceDataAndNoOtherAccounts(string set) =>
        await AssertErasesExactlyAsync(await SetCopy.OfAsync(set), SetCopy.Account("a-07"), "a-07");

    [Fact]
    [Clause("T-ACTIVE")]
    public async Task EraseAsync_Account_TakesItsOwnRowOfTheCustomerAccounts()
    {
        var copy = await SetCopy.OfAsync("customer-accounts");
        var before = await copy.LookAsync();

        Assert.Equal(1, await copy.EraseAllAsync(SetCopy.Account("a-07")));

        before.Remove(ItemKey.OfRow("a-07", "account").Value);
        Assert.Equal(before, await copy.LookAsync());
    }

    [Theory]
    [InlineData("event-registrations")]
    [InlineData("support-conversations")]
    [InlineData("testimonials")]
    public async Task EraseAsync_SomeAreGoneAlready_TakesTheOthersAndCountsThem(string id)
    {
        var copy = await SetCopy.OfAsync(id);
        var keys = SetCopy.Person(SamplePeople.ApostropheAndPlus);
        var items = (await copy.FindAsync(keys)).Select(item => item.Key).ToList();
        Assert.Equal(1, await copy.EraseAsync(keys, items[0]));

        Assert.Equal(items.Count - 1, await copy.EraseAsync(keys, items));
        Assert.Equal(0, await copy.EraseAsync(keys, items));
        Assert.Empty(await copy.FindAsync(keys));
    }

    [Fact]
    public async Task EraseAsync_SameItemTwiceInABatch_IsOneItem()
    {
        var copy = await SetCopy.OfAsync("profiles");
        var keys = SetCopy.Person(SamplePeople.OtherScript);
        var item = Assert.Single(await copy.FindAsync(keys)).Key;

        Assert.Equal(1, await copy.EraseAsync(keys, item, item));
    }

    [Theory]
    [InlineData("profiles")]
    [InlineData("support-conversations")]
    public async Task EraseAsync_OneItemOfSomebodyElse_IsRefusedAndNothingIsErased(string id)
    {
        var copy = await SetCopy.OfAsync(id);
        var keys = SetCopy.Person(SamplePeople.OtherScript);
        var own = await copy.FindAsync(keys);
        var others = await copy.FindAsync(SetCopy.Person(SamplePeople.TwoAddresses));
        var before = await copy.LookAsync();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => copy.EraseAsync(keys, own.Concat(others).Select(item => item.Key)));

        Assert.DoesNotContain(others[0].Key.Value, refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await copy.LookAsync());
    }

    [Fact]
    public async Task EraseAsync_OneRowOfAFixedPartition_IsErasedAndItsNeighbourRefused()
    {
        Assert.True(KeyPath.TryParse("{email}", out var key));
        var newsletters = SetCopy.Map[DataSetId.Parse("newsletter-subscriptions")];
        var copy = new SetCopy(
            newsletters with { Store = new StoreLocation.Table($"rows{Guid.NewGuid():N}"), Find = new Find.Row("news", key) },
            await SharedAzurite.ConnectionStringAsync());
        var (eleni, nils) = (SetCopy.Person(SamplePeople.OtherScript), SetCopy.Person(SamplePeople.NewsletterOnly));
        await copy.Table.CreateAsync();
        await copy.Table.AddEntityAsync(new TableEntity("news", key.Fill(eleni.Address)));
        await copy.Table.AddEntityAsync(new TableEntity("news", key.Fill(nils.Address)));
        var neighbour = Assert.Single(await copy.FindAsync(nils)).Key;

        await Assert.ThrowsAsync<ArgumentException>(() => copy.EraseAsync(eleni, neighbour));
        Assert.Equal(1, await copy.EraseAllAsync(eleni));

        Assert.Equal([neighbour.Value], (await copy.LookAsync()).Keys);
    }

    [Fact]
    public async Task EraseAsync_RowThatBelongsToSomebodyElseByNow_IsLeftAlone()
    {
        var copy = await SetCopy.OfAsync("testimonials");
        var keys = SetCopy.Person(SamplePeople.OtherScript);
        var stale = Assert.Single(await copy.FindAsync(keys)).Key;
        var row = new TableEntity(stale.Row.PartitionKey, stale.Row.RowKey) { ["Email"] = SamplePeople.VeryActive };
        await copy.Table.UpsertEntityAsync(row, TableUpdateMode.Merge);
        var before = await copy.LookAsync();

        Assert.Equal(0, await copy.EraseAsync(keys, stale));

        Assert.Equal(before, await copy.LookAsync());
    }

    [Fact]
    public async Task EraseAsync_RowThatTwoPeopleShare_IsGoneForBoth()
    {
        var received = await SetCopy.OfAsync("referrals-received");
        var referral = SharedSample.Truth.Rows.First(row => row.Table == "companyReferrals");
        var referee = SetCopy.Person(referral.Holders.Single(holder => holder.DataSet == "referrals-received").Subject);
        var referrerId = referral.Holders.Single(holder => holder.DataSet == "referrals-made").Subject;
        var referrer = SetCopy.Person(SamplePeople.All.Single(person => person.Id == referrerId).Address);
        var shared = ItemKey.OfRow(referral.PartitionKey, referral.RowKey);
        var made = received.As("referrals-made");
        Assert.Contains(await made.FindAsync(referrer), item => item.Key == shared);

        await received.EraseAllAsync(referee);

        Assert.DoesNotContain(await made.FindAsync(referrer), item => item.Key == shared);
    }

    [Fact]
    public async Task EraseAsync_WhatIsDestroyed_IsCountedUnderTheNameOfTheSet()
    {
        var copy = await SetCopy.OfAsync("profiles");
        var counted = new SetCopy(
            copy.Set with { Id = DataSetId.Parse("counted-profiles") }, await SharedAzurite.ConnectionStringAsync());
        var seen = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == Deletions.CounterName)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, items, tags, _) =>
        {
            if (tags.ToArray().Contains(new(Deletions.What, "counted-profiles")))
                Interlocked.Add(ref seen, items);
        });
        listener.Start();

        await counted.EraseAllAsync(SetCopy.Person(SamplePeople.OtherScript));
        await counted.EraseAllAsync(SetCopy.Person(SamplePeople.OtherScript));

        Assert.Equal(1, seen);
    }

    private static async Task AssertErasesExactlyAsync(SetCopy copy, DataKeys keys, params string[] subjects)
    {
        var before = await copy.LookAsync();
        var theirs = copy.TruthOf(subjects).ToHashSet();

        Assert.Equal(theirs.Count, await copy.EraseAllAsync(keys));

        Assert.Equal(before.Where(item => !theirs.Contains(item.Key)), (await copy.LookAsync()).AsEnumerable());
        Assert.Empty(await copy.FindAsync(keys));
    }
}
