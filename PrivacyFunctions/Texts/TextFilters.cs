using Fluid;
using Fluid.Values;

namespace PrivacyFunctions.Texts;

/// <summary>What texts can do with values: write days, instants, numbers and lists by their language, and make buttons, links and words that stand out.</summary>
/// <param name="language">The language.</param>
/// <param name="pluralOf">The plural form that a number takes, such as <c>one</c> or <c>other</c>.</param>
internal sealed class TextFilters(Language language, Func<decimal, string> pluralOf)
{
    /// <summary>Adds all of them.</summary>
    public void AddTo(FilterCollection filters)
    {
        filters.AddFilter("day", (input, _, _) => Text(language.Write(Value<DateOnly>(input))));
        filters.AddFilter("minute", (input, _, _) => Text(language.Write(Value<DateTimeOffset>(input))));
        filters.AddFilter("time", (input, _, _) => Time(input.ToObjectValue()));
        filters.AddFilter("count", (input, forms, _) => Text(Count(input.ToNumberValue(), forms)));
        filters.AddFilter("list", (input, _, context) => Text(language.Write([.. input.Enumerate(context).Select(item => item.ToStringValue())])));
        filters.AddFilter("ended", (input, _, _) => Text($"{input.ToStringValue().TrimEnd('.')}.")); // a name such as "Sample Inc." ends with one itself
        filters.AddFilter("button", (input, words, _) => Marked(TextMark.Button, words.At(0), input));
        filters.AddFilter("link", (input, words, _) => Marked(TextMark.Link, words.At(0), input));
        filters.AddFilter("mail", (input, _, _) => Marked(TextMark.Link, input, new StringValue($"mailto:{input.ToStringValue()}")));
        filters.AddFilter("code", (input, _, _) => Marked(TextMark.Code, input));
        filters.AddFilter("strong", (input, _, _) => Marked(TextMark.Strong, input));
    }

    // "one: 'day', other: 'days'": the forms that the language has.
    private string Count(decimal number, FilterArguments forms)
    {
        var form = pluralOf(number);
        return forms.HasNamed(form)
            ? $"{number.ToString("N0", language.Culture)} {forms[form].ToStringValue()}"
            : throw new InvalidOperationException($"The form \"{form}\" of a counted word is missing.");
    }

    private StringValue Time(object? value) => value switch
    {
        DateOnly day => Marked(TextMark.Time, new StringValue(language.Write(day)), new StringValue($"{day:O}")),
        DateTimeOffset instant => Marked(TextMark.Time, new StringValue(language.Write(instant)), new StringValue($"{instant:O}")),
        _ => throw new InvalidOperationException($"This is no day and no instant: {value?.GetType().Name}."),
    };

    private static T Value<T>(FluidValue input) =>
        input.ToObjectValue() is T value ? value : throw new InvalidOperationException($"This is no {typeof(T).Name}: {input.Type}.");

    private static StringValue Text(string words) => new(words);

    private static StringValue Marked(TextMark mark, FluidValue words, FluidValue? link = null) =>
        new(WrittenText.Marked(mark, words.ToStringValue(), link?.ToStringValue()), encode: false);
}
