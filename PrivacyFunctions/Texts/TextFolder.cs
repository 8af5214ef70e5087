using System.Collections.Concurrent;
using System.Text.Json;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.FileProviders;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Texts;

/// <summary>
/// The texts of one language, which lie beside the program under <c>Texts/{language}</c> and are Liquid templates. A text that names a
/// value or a filter that does not exist is not written: it fails.
/// </summary>
internal sealed class TextFolder
{
    private static readonly FluidParser Parser = new();
    private static readonly Lazy<TextFolder> OfEnglish = new(() => Of(Language.English));

    private readonly ConcurrentDictionary<string, IFluidTemplate> _templates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, PageText> _pages = new();
    private readonly JsonSerializerOptions _json;
    private readonly TemplateOptions _options;
    private readonly string _folder;

    /// <summary>Opens a folder of texts.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is not complete.</exception>
    public TextFolder(string folder)
    {
        _folder = folder;
        _json = new(Language.Json) { Converters = { new PhraseReader(this) } };
        Language = Read<Language>("language");
        _options = new()
        {
            CultureInfo = Language.Culture,
            StrictVariables = true,
            StrictFilters = true,
            MemberAccessStrategy = new TextMembers(),
            FileProvider = new PhysicalFileProvider(Path.Combine(_folder, "parts")),
        };
        _options.ValueConverters.Add(value => value switch
        {
            Enum or Uri => value.ToString(),
            EmailAddress address => address.Value, // its own text hides it, for logs
            DateOnly day => new ObjectValue(day),
            not null when IsId(value.GetType()) => value.ToString(),
            _ => null,
        });
        new TextFilters(Language, number => Write("plural", ("n", number)).Trim()).AddTo(_options.Filters);
    }

    /// <summary>The English texts.</summary>
    /// <exception cref="InvalidOperationException">They do not lie beside the program.</exception>
    public static TextFolder English => OfEnglish.Value;

    /// <summary>The texts of a language that lie beside the program.</summary>
    public static TextFolder Of(string language) => new(Path.Combine(AppContext.BaseDirectory, "Texts", language));

    /// <summary>The folder's language.</summary>
    public Language Language { get; }

    /// <summary>Looks whether there is such a text, and whether it can be read; what it names is seen when it is written.</summary>
    /// <param name="name">Its path below the folder, without the extension.</param>
    /// <exception cref="InvalidOperationException">There is none, or it is not one.</exception>
    public void Check(string name) => _templates.GetOrAdd(name, Parse);

    /// <summary>Writes a text.</summary>
    /// <param name="name">Its path below the folder, without the extension.</param>
    /// <param name="values">What it may name: the properties, in camel case.</param>
    /// <param name="everywhere">What its parts may name as well, without being given it.</param>
    /// <returns>The text with encoded values; see <see cref="WrittenText"/>.</returns>
    /// <exception cref="InvalidOperationException">There is no such text, or it is not one.</exception>
    public string Write(string name, object values, params ReadOnlySpan<(string Name, object? Value)> everywhere) =>
        Render(name, With(new(values, _options), everywhere));

    /// <summary>Writes a text that names these values.</summary>
    public string Write(string name, params ReadOnlySpan<(string Name, object? Value)> values) => Render(name, With(new(_options), values));

    /// <summary>A text of words alone, a paragraph each.</summary>
    public IReadOnlyList<string> Paragraphs(string name, params ReadOnlySpan<(string Name, object? Value)> values) =>
        [.. WrittenText.Parts(Write(name, values)).Cast<TextPart.Paragraph>().Select(part => part.Words)];

    /// <summary>Reads words that stand apart, such as titles and labels.</summary>
    /// <param name="name">Their path below the folder, without the extension.</param>
    /// <exception cref="InvalidOperationException">There are none, one is missing, or one is not used.</exception>
    public T Read<T>(string name) => (T)Read(typeof(T), name);

    /// <summary>The words of a page, which are read once.</summary>
    /// <exception cref="InvalidOperationException">There are none, one is missing, or one is not used.</exception>
    public PageText Page(Type page) => _pages.GetOrAdd(page, type => (PageText)Read(type, PageText.NameOf(type)));

    /// <summary>Reads a phrase, which may name values as texts do.</summary>
    /// <exception cref="JsonException">It cannot be read.</exception>
    public Phrase Phrase(string words) => Parser.TryParse(words, out var template, out var error)
        ? new(values => template.Render(With(new(_options), values), WrittenText.Values))
        : throw new JsonException($"\"{words}\" is no phrase: {error}");

    private object Read(Type type, string name)
    {
        var file = Path.Combine(_folder, $"{name}.json");
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize(stream, type, _json)!;
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            throw new InvalidOperationException($"{file} does not have the words of a {type.Name}: {failure.Message}", failure);
        }
    }

    private TemplateContext With(TemplateContext context, ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (key, value) in values) context.SetValue(key, FluidValue.Create(value, _options));
        return context;
    }

    private string Render(string name, TemplateContext context) => _templates.GetOrAdd(name, Parse).Render(context, WrittenText.Values);

    private IFluidTemplate Parse(string name)
    {
        var file = Path.Combine(_folder, $"{name}.liquid");
        if (!File.Exists(file)) throw new InvalidOperationException($"There is no text {file}.");
        return Parser.TryParse(File.ReadAllText(file), out var template, out var error)
            ? template
            : throw new InvalidOperationException($"{file} is no text: {error}");
    }

    private static bool IsId(Type type) =>
        type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ITextId<>));
}
