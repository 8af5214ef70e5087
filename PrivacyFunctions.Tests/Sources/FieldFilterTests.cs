using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Tests.Sources;

public sealed class FieldFilterTests
{
    [Fact]
    public void Apply_MappedProperties_KeepTheMapsOrderAndAreNamedWhenNotMapped()
    {
        var (values, unmapped) = Apply([Plain("B"), Plain("A")], """{"A":1,"Shoe":"42","B":null,"Age":30}""");

        Assert.Equal("""{"B":null,"A":1}""", JsonSerializer.Serialize(values));
        Assert.Equal(["Age", "Shoe"], unmapped);
    }

    [Fact]
    public void Apply_Secret_IsDroppedWithoutBeingCalledUnmapped()
    {
        var (values, unmapped) = Apply([Plain("Hash") with { NotExported = "A secret." }], """{"Hash":"x"}""");

        Assert.Empty(values);
        Assert.Empty(unmapped);
    }

    [Fact]
    public void Apply_DataOfOthers_IsReplacedWhateverItIs()
    {
        var (values, unmapped) = Apply([Plain("Friends") with { OfOthers = true }], """{"Friends":[{"Name":"Bert"}]}""");

        Assert.Equal(Redaction.Marker, values["Friends"].GetString());
        Assert.Empty(unmapped);
    }

    [Fact]
    public void Apply_ObjectsInAList_GoThroughTheMapToo()
    {
        var messages = Plain("Messages") with { Fields = [Plain("Text"), Plain("Agent") with { OfOthers = true }] };

        var (values, unmapped) = Apply([messages],
            """{"Messages":[{"Text":"hello"},{"Text":"hi","Agent":"Bert","Mood":"bad"}]}""");

        Assert.Equal($$"""[{"Text":"hello"},{"Text":"hi","Agent":"{{Redaction.Marker}}"}]""", values["Messages"].GetRawText());
        Assert.Equal(["Messages.Mood"], unmapped);
    }

    [Fact]
    public void Apply_ObjectWhereTheMapKnowsAValue_LeavesItsContentOut()
    {
        var (values, unmapped) = Apply([Plain("Address")], """{"Address":{"Street":"Sample Quay"}}""");

        Assert.Equal("{}", values["Address"].GetRawText());
        Assert.Equal(["Address.Street"], unmapped);
    }

    private static Field Plain(string name) =>
        new(name, name, FieldCategory.Content, FieldSource.Provided, NotExported: null, OfOthers: false, IsFile: false,
            Fields: []);

    private static (Dictionary<string, JsonElement> Values, IReadOnlyList<string> Unmapped) Apply(
        Field[] fields, string stored) =>
        FieldFilter.Apply([.. fields], JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stored)!);
}
