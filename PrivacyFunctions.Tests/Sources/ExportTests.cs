using System.Text;
using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>What is exported for a person is compared with what the generator says is theirs, value by value.</summary>
public sealed class ExportTests
{
    public static TheoryData<string> AwkwardAddresses =>
    [
        SamplePeople.TwoAddresses, SamplePeople.TwoAddressesSecond, SamplePeople.OtherScript, SamplePeople.InNothing,
        SamplePeople.ApostropheAndPlus, SamplePeople.VeryActive, SamplePeople.NewsletterOnly, SamplePeople.ServiceDataOnly,
        SamplePeople.FormulaName,
    ];

    [Theory]
    [MemberData(nameof(AwkwardAddresses))]
    public async Task ExportAsync_AwkwardPerson_GivesExactlyTheirs(string address) => await AssertExactAsync(address);

    [Fact]
    public async Task ExportAsync_OrdinaryPeople_GiveExactlyTheirs()
    {
        foreach (var person in SamplePeople.All.Skip(10).Where((_, index) => index % 12 == 0))
            await AssertExactAsync(person.Address);
    }

    [Theory]
    [InlineData(SamplePeople.InNothing)]
    [InlineData(SamplePeople.ServiceDataOnly)]
    public async Task ExportAsync_PersonWeHoldNothingAbout_IsEmpty(string address) => Assert.Empty(await ExportAllAsync(address));

    [Fact]
    public async Task ExportAsync_NewsletterReader_IsInTheNewslettersOnly()
    {
        var records = await ExportAllAsync(SamplePeople.NewsletterOnly);

        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.Equal("newsletter-subscriptions", record.Set.Id.Value));
    }

    [Fact]
    public async Task ExportAsync_VeryActivePerson_GivesEveryEntry()
    {
        var records = await ExportAllAsync(SamplePeople.VeryActive);

        Assert.Equal(SamplePeople.VeryActiveEntries, records.Count(record => record.Set.Id.Value == "usage-log"));
    }

    [Fact]
    public async Task ExportAsync_EitherOfTwoAddresses_FindsTheSame()
    {
        var first = await ExportAllAsync(SamplePeople.TwoAddresses);
        var second = await ExportAllAsync(SamplePeople.TwoAddressesSecond);

        Assert.NotEmpty(Keys(first, "event-registrations")); // made under the second address
        Assert.Equal(first.Select(record => record.Json).Order(), second.Select(record => record.Json).Order());
    }

    [Theory]
    [MemberData(nameof(AwkwardAddresses))]
    public async Task ExportAsync_AnyPerson_HoldsNoSecretAndNobodyElse(string address)
    {
        var person = SamplePeople.ByAddress(address);
        var text = string.Join('\n', (await ExportAllAsync(address)).Select(record => record.Json));
        string[] secrets = ["PasswordHash", "SecurityAnswer", "PaymentToken"];

        Assert.All(SamplePeople.All.Where(other => other != person), other =>
        {
            Assert.DoesNotContain(other.Name, text, StringComparison.Ordinal);
            Assert.DoesNotContain(other.Address, text, StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(
            SharedSample.Truth.Rows.SelectMany(row => row.Properties).Where(property => secrets.Contains(property.Key)),
            secret => Assert.DoesNotContain((string)secret.Value, text, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExportAsync_WhatIsNotGathered_IsRefusedBeforeTheStoreIsAsked()
    {
        var sample = await SharedSample.GetAsync();
        var subject = await sample.LocateAsync(SamplePeople.ServiceDataOnly);

        foreach (var set in sample.Map.DataSets.Except(sample.Map.Gathered))
            await Assert.ThrowsAsync<InvalidOperationException>(() => sample.ExportAsync(set, subject));
    }

    [Fact]
    [Clause("T-EXPORT")]
    public async Task ExportAsync_Account_GivesExactlyItsServiceData()
    {
        var sample = await SharedSample.GetAsync();
        var account = SetCopy.Account("a-07");
        var contacts = await sample.ExportAsync(sample.Map[DataSetId.Parse("service-contacts")], account);
        var file = Assert.Single(await sample.ExportAsync(sample.Map[DataSetId.Parse("service-files")], account));

        Assert.Equal(
            SharedSample.Truth.Rows.Where(row => row is { Table: "companyServiceContacts", PartitionKey: "a-07" })
                .Select(row => JsonSerializer.Serialize(row.Properties.ToDictionary(), ExpectedExport.Plain)).Order(),
            contacts.Select(contact => JsonSerializer.Serialize(contact.Values, ExpectedExport.Plain)).Order());
        Assert.Equal("offers/offer-1.txt", file.Key);
        Assert.Equal("offers/offer-1.txt", Assert.Single(file.Files).Name);
    }

    [Fact]
    public async Task LocateAsync_AnySpelling_FindsThePersonAndAStrangerNobody()
    {
        var sample = await SharedSample.GetAsync();

        var known = await sample.LocateAsync(" Maria.Lindqvist@EXAMPLE.com");
        var stranger = await sample.LocateAsync(SamplePeople.InNothing);

        Assert.Equal(SamplePeople.ByAddress(SamplePeople.TwoAddresses).Id, Assert.Single(known.Persons).Value);
        Assert.Empty(stranger.Persons);
    }

    private static async Task AssertExactAsync(string address)
    {
        var sample = await SharedSample.GetAsync();
        var expected = ExpectedExport.Of(sample.Map, SharedSample.Truth, address);

        var exported = await ExportAllAsync(address);

        Assert.Equal(
            expected,
            exported.Select(record => $"{record.Set.Id} {record.Key}: {record.Json}").Order(StringComparer.Ordinal));
        Assert.All(exported, record => Assert.Empty(record.Unmapped));
    }

    private static async Task<IReadOnlyList<Exported>> ExportAllAsync(string address)
    {
        var sample = await SharedSample.GetAsync();
        var subject = await sample.LocateAsync(address);
        var all = new List<Exported>();
        foreach (var set in sample.Map.Gathered)
            foreach (var record in await sample.ExportAsync(set, subject))
                all.Add(new Exported(set, record.Key, await ToJsonAsync(record), record.UnmappedFields));
        return all;
    }

    private static async Task<string> ToJsonAsync(PersonalRecord record)
    {
        var text = new StringBuilder(JsonSerializer.Serialize(record.Values, ExpectedExport.Plain));
        foreach (var file in record.Files)
        {
            await using var content = await file.OpenAsync(CancellationToken.None);
            text.Append(ExpectedExport.File(file.Name, file.ContentType, await BinaryData.FromStreamAsync(content)));
        }

        return text.ToString();
    }

    private static IEnumerable<string> Keys(IEnumerable<Exported> records, string set) =>
        records.Where(record => record.Set.Id.Value == set).Select(record => record.Key);

    private sealed record Exported(DataSet Set, string Key, string Json, IReadOnlyList<string> Unmapped);
}
