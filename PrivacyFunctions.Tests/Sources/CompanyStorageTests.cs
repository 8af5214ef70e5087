using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Tests.Sources;

public sealed class CompanyStorageTests
{
    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();
    private static readonly DataSet Payments = Map[DataSetId.Parse("payments")];
    private static readonly DataSet Photos = Map[DataSetId.Parse("profile-photos")];

    [Fact]
    public void Table_SystemWithASettingOfItsOwn_UsesItAndTheOthersTheRecords()
    {
        var storage = With(
            ("Sources:sales:Storage", "https://sales.blob.core.windows.net"),
            ("Records:Storage", "https://records.table.core.windows.net"));

        Assert.Equal("https://sales.table.core.windows.net/companyPayments", storage.Table(Payments).Uri.AbsoluteUri);
        Assert.Equal("https://records.blob.core.windows.net/company-photos", storage.Container(Photos).Uri.AbsoluteUri);
    }

    [Fact]
    public void Table_NothingSet_SaysWhatToSet()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => With().Table(Payments));

        Assert.Contains("Sources:sales:Storage", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_UrlOfSomethingElse_SaysWhatIsExpected()
    {
        var fault = Assert.Throws<OptionsValidationException>(() =>
            With(("Records:Storage", "https://example.com/")).Table(Payments));

        Assert.Contains("Records:Storage cannot be read", fault.Message, StringComparison.Ordinal);
    }

    private static CompanyStorage With(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());
}
