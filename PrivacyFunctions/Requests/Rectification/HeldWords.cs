using System.Collections.Immutable;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>In which words people read what is held of them, so that they can tell one entry from the other.</summary>
internal static class HeldWords
{
    /// <summary>
    /// What each value is called, by its id: its title; where several have the same, with the data sets that hold it; and numbered, where that is the same, too.
    /// </summary>
    public static IReadOnlyDictionary<string, string> LabelsOf(Held found)
    {
        var labels = new Dictionary<string, string>();
        foreach (var same in found.Values.GroupBy(value => value.Title).Select(values => values.ToList()))
            foreach (var there in same.GroupBy(value => same.Count == 1 ? value.Title : InItsPlaces(value)))
                foreach (var (index, value) in there.Index())
                    labels[value.Id] = there.Count() == 1 ? there.Key : Says.TitleOfSeveral.Write(("title", there.Key), ("number", index + 1), ("all", there.Count()));
        return labels;
    }

    /// <summary>The titles of the data sets that hold it.</summary>
    public static string Titles(IEnumerable<HeldPlace> places) => string.Join(", ", places.Select(place => place.Set.Title).Distinct());

    /// <summary>The only values that it can have wherever it stands; null where it can have any.</summary>
    public static IReadOnlyList<FieldValue>? ChoicesOf(HeldValue value)
    {
        IReadOnlyList<FieldValue>? choices = null;
        foreach (var some in value.Places.Select(place => ChoicesOf(place.Field)).Where(some => !some.IsEmpty))
            choices = choices is null ? some : [.. choices.IntersectBy(some.Select(each => each.Value), each => each.Value)];
        return choices;
    }

    private static ImmutableArray<FieldValue> ChoicesOf(Field field) =>
        field.IsCountry ? [.. Countries.All.Select(country => new FieldValue(country.Code, country.Name))] : field.Values;

    private static string InItsPlaces(HeldValue value) => Says.TitleIn.Write(("title", value.Title), ("places", Titles(value.Places)));

    private static CorrectionText Says => PageText.Of<CorrectionText>();
}
