using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.DataMap;

public sealed class DataMapRegisterTests
{
    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();

    [Fact]
    public void Load_EmbeddedAndShipped_AreTheSameMap()
    {
        var shipped = DataMapRegister.Load(MapFile.Json);

        Assert.Equal(Map.DataSets.Select(set => set.Id), shipped.DataSets.Select(set => set.Id));
        Assert.NotEmpty(Map.Company.Name);
    }

    [Theory]
    [InlineData("profiles")]
    [InlineData("event-registrations")]
    [InlineData("newsletter-subscriptions")]
    [InlineData("support-conversations")]
    [InlineData("testimonials")]
    [InlineData("referrals-received")]
    [InlineData("usage-log")]
    [InlineData("payments")]
    [InlineData("forum-posts")]
    public void Gathered_WhatThePolicyNames_IsAmongThem(string id) =>
        Assert.Contains(Map.Gathered, set => set.Id == DataSetId.Parse(id));

    [Fact]
    public void Gathered_ServiceDataBackupsAndOurOwnRecords_AreNot()
    {
        var left = Map.DataSets.Except(Map.Gathered).ToList();

        Assert.All(left, set => Assert.True(set.Role is Role.Processor || set.NotGathered is not null || set.IsToldFromOurRecords));
        Assert.Contains(left, set => set.Id == DataSetId.Parse("service-contacts"));
        Assert.Contains(left, set => set.Id == DataSetId.Parse("backups"));
        Assert.Equal(
            [
                "access-exports", "account-claims", "callers", "case-contacts", "case-index", "cases", "corrections",
                "download-codes", "erasure-identifiers", "erasure-ledger", "erasure-plans", "holds", "mail-log", "mail-places", "message-files", "messages",
                "newsletter-mails", "proposed-ends", "recipient-notices", "sign-ins", "statements", "suppressions", "transmissions", "view-log",
            ],
            left.Where(set => set.System.Value == "privacy").Select(set => set.Id.Value).Order());
    }

    [Fact]
    public void PurgedWithAccount_IsTheServiceDataAndTheAccountItself()
    {
        Assert.Equal(
            ["customer-accounts", "service-contacts", "service-files"], Map.PurgedWithAccount.Select(set => set.Id.Value));
        Assert.All(Map.PurgedWithAccount, set => Assert.Equal(KeyKind.Account, set.OfAccount!.Key.Kind));
        Assert.All(Map.DataSets.Where(set => set.Role is Role.Processor), set => Assert.Contains(set, Map.PurgedWithAccount));
    }

    [Fact]
    public void Anonymised_FieldsThatNameThePerson_AreCleared()
    {
        Assert.Equal(["DisplayName"], Map[DataSetId.Parse("forum-posts")].Erasure.Clears.AsEnumerable());
        Assert.Equal(
            ["ReferrerName", "ReferrerPersonId"], Map[DataSetId.Parse("referrals-made")].Erasure.Clears.AsEnumerable());
    }

    [Fact]
    public void DataSets_EveryOne_TellsRecipientsByNameAndItsEnd()
    {
        Assert.All(Map.DataSets, set =>
        {
            Assert.All(set.Recipients, recipient => Assert.NotEmpty(recipient.Name));
            Assert.NotEmpty(set.Retention.Words);
        });
    }

    [Fact]
    public void Recipients_OutsideTheEea_HaveASafeguard() =>
        Assert.All(
            Map.Recipients.Where(recipient => recipient.Country is { } country && !EuropeanEconomicArea.Contains(country)),
            recipient => Assert.NotNull(recipient.Safeguard));

    [Fact]
    public void Payments_AsMapped_ReadCompletely()
    {
        var payments = Map[DataSetId.Parse("payments")];

        Assert.Equal(LawfulBasis.LegalObligation, payments.Basis.Article);
        Assert.Equal("6(1)(c)", payments.Basis.Article.Citation());
        var retention = Assert.IsType<Retention.After>(payments.Retention);
        Assert.Equal(Period.FromYears(6), retention.Period);
        Assert.Equal("PaidAt", retention.Anchor);
        Assert.Equal(ErasureAction.Retain, payments.Erasure.Action);
        Assert.NotNull(payments.AutomatedDecision);
        Assert.Equal("companyPayments", Assert.IsType<StoreLocation.Table>(payments.Store).Name);
        Assert.Equal(KeyKind.Person, Assert.IsType<Find.Partition>(payments.Find).Key.Kind);
        Assert.Contains(payments.Fields, field => field is { Name: "PaymentToken", NotExported: not null });
        Assert.Contains(payments.Fields, field => field is { Name: "FraudScore", From: FieldSource.Inferred });
    }

    [Fact]
    public void Directory_IsFoundByTheAddress()
    {
        Assert.Equal(KeyKind.Email, Map.Directory.Find!.Key.Kind);
        Assert.Equal("PersonId", Map.Directory.Identity?.Person);
    }

    [Fact]
    public void Load_TextThatIsNoJson_SaysSo() =>
        Assert.StartsWith("data map: is not JSON", Assert.Throws<DataMapException>(() => DataMapRegister.Load("{")).Problems[0]);

    [Fact]
    public void AddDataMap_MapOfTheCompanysOwnWithAGap_IsRefusedAtOnce()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{}");
            var configuration = new ConfigurationBuilder()
                .AddInMemoryCollection([KeyValuePair.Create("DataMap:Path", (string?)path)]).Build();

            Assert.Throws<DataMapException>(() => new ServiceCollection().AddDataMap(configuration));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
