using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using PrivacyFunctions.Backups;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.SampleCompanies;

public sealed class SampleDataTests
{
    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();
    private static readonly Regex CardNumber = new(@"(?:\d[ -]?){13,19}", RegexOptions.CultureInvariant);
    private static readonly SampleData Sample = SharedSample.Truth;

    [Fact]
    public void Generate_SameDay_GivesTheSameBytes()
    {
        var again = SampleData.Generate(SharedSample.Today);

        Assert.Equal(Digest(Sample.Rows), Digest(again.Rows));
        Assert.Equal(Digest(Sample.Blobs), Digest(again.Blobs));
    }

    /// <summary>Another process and another machine give them too. A deliberate change of the sample changes this value.</summary>
    [Fact]
    public void Generate_FixedDay_GivesTheRecordedRows() => Assert.Equal("1FE08331046EC97A", Digest(Sample.Rows)[..16]);

    [Fact]
    public void Generate_AnotherDay_MovesTheStoriesInTime()
    {
        var later = SampleData.Generate(SharedSample.Today.AddDays(10));

        Assert.Equal(Sample.Rows.Count, later.Rows.Count);
        Assert.All(Sample.Rows.Zip(later.Rows), pair => Assert.Equal(pair.First.Born.AddDays(10), pair.Second.Born));
    }

    [Fact]
    public void All_ThreeHundredPeople_WithDistinctNamesAndExampleAddresses()
    {
        Assert.Equal(300, SamplePeople.All.Count);
        Assert.Equal(300, SamplePeople.All.Select(person => person.Name).Distinct().Count());
        Assert.Equal(300, SamplePeople.All.Select(person => person.Address).Distinct().Count());
        Assert.Equal(40, Sample.Rows.Count(row => row.Table == "companyAccounts"));
        Assert.All(SamplePeople.All, person =>
        {
            Assert.Matches(@"@(example\.(com|org|net)|[a-z]+\.test)\z", person.Address);
            Assert.Equal(person.Address, EmailAddress.Parse(person.AddressAsTyped).Value);
        });
    }

    [Fact]
    public void Stores_WhatIsWritten_IsInTheMapAndTheOtherWayRound()
    {
        var written = Sample.Rows.Select(row => (StoreKind.Table, row.Table))
            .Concat(Sample.Blobs.Select(blob => (StoreKind.Blob, blob.Container))).Distinct().Order();
        var mapped = Map.DataSets.Where(set => set.System.Value != "privacy")
            .Select(set => (set.Store.Kind, set.Store.Name)).Distinct().Order();

        Assert.Equal(mapped, written);
    }

    [Fact]
    public void Fields_OfEveryTable_AreThoseOfTheMap()
    {
        foreach (var set in Map.DataSets.Where(set => set.Store is StoreLocation.Table && set.System.Value != "privacy"))
        {
            var written = Sample.Rows.Where(row => row.Table == set.Store.Name)
                .SelectMany(row => row.Properties.Select(property => property.Key)).Distinct().Order();

            Assert.Equal(set.Fields.Select(field => field.Name).Order(), written);
        }
    }

    [Fact]
    public void Fields_OfTheConversations_AreThoseOfTheMap()
    {
        var set = Map[DataSetId.Parse("support-conversations")];
        var documents = Sample.Blobs.Where(blob => blob.Name.EndsWith("/conversation.json", StringComparison.Ordinal))
            .Select(blob => JsonDocument.Parse(blob.Content).RootElement).ToList();

        Assert.Equal(set.Fields.Where(field => !field.IsFile).Select(field => field.Name).Order(), Names(documents));
        Assert.Equal(
            set.Fields.Single(field => field.Name == "Messages").Fields.Select(field => field.Name).Order(),
            Names(documents.SelectMany(document => document.GetProperty("Messages").EnumerateArray())));
    }

    [Fact]
    public void Holders_NameDataSetsOfTheMap_AndNobodyWhoIsInNothing()
    {
        var holders = Sample.Rows.SelectMany(row => row.Holders).Concat(Sample.Blobs.SelectMany(blob => blob.Holders)).ToList();
        var nobody = SamplePeople.ByAddress(SamplePeople.InNothing);

        Assert.All(holders, holder => Assert.True(Map.TryGet(DataSetId.Parse(holder.DataSet), out _)));
        Assert.DoesNotContain(holders, holder => holder.Subject == nobody.Address || holder.Subject == nobody.Id);
    }

    [Fact]
    public void Holders_AwkwardAccountUsers_OccurInEveryGatheredSet()
    {
        var holders = Sample.Rows.SelectMany(row => row.Holders).Concat(Sample.Blobs.SelectMany(blob => blob.Holders)).ToHashSet();

        foreach (var person in SamplePeople.All.Where(person => person.Account is not null && SamplePeople.IsAwkward(person)))
            Assert.All(Map.Gathered, set => Assert.Contains(
                holders,
                holder => holder.DataSet == set.Id.Value
                    && new[] { person.Id, person.Address, person.SecondAddress }.Contains(holder.Subject)));
    }

    [Fact]
    public void Payments_NoneHoldsACardNumber() =>
        Assert.All(Sample.Rows.Where(row => row.Table == "companyPayments"), row =>
            Assert.DoesNotContain(row.Properties, property => property.Value is string text && CardNumber.IsMatch(text)));

    [Fact]
    public void Backups_AreFourDatedCopiesYoungerThan28Days_OfWhatLivedThen()
    {
        var blobs = Sample.Blobs.Where(blob => blob.Container == BackupSample.Container).ToDictionary(blob => blob.Name);
        var manifests = blobs.Values.Where(blob => blob.Name.EndsWith("/manifest.json", StringComparison.Ordinal))
            .Select(blob => BackupManifest.Read(blob.Content)).ToList();

        Assert.Equal(
            [new(2026, 2, 7), new(2026, 2, 14), new(2026, 2, 21), new(2026, 2, 28)], manifests.Select(copy => copy.BornOn).Order());
        Assert.Equal(blobs.Count, manifests.Sum(copy => copy.Chunks.Count) + manifests.Count);
        Assert.All(manifests, copy =>
        {
            Assert.InRange((Sample.Midnight - copy.Born).TotalDays, 0, BackupLayout.LifeInDays);
            Assert.Equal(
                Sample.Rows.Count(row => row.Born < copy.Born)
                    + Sample.Blobs.Count(blob => blob.Container != BackupSample.Container && blob.Born < copy.Born),
                copy.Rows);
            Assert.All(copy.Chunks, chunk => Assert.Equal(
                chunk.Sha256,
                Convert.ToHexStringLower(SHA256.HashData(blobs[BackupLayout.Folder(copy.BornOn) + chunk.Name].Content))));
        });
    }

    private static IEnumerable<string> Names(IEnumerable<JsonElement> objects) =>
        objects.SelectMany(value => value.EnumerateObject().Select(property => property.Name)).Distinct().Order();

    private static string Digest<T>(IEnumerable<T> parts) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
}
