using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Tests.Callers.OpenApi;

/// <summary>
/// docs/openapi.json as it has to be: every route that takes a key, with its roles, fields and answers as the code has them, and the words of
/// the code's own documentation.
/// </summary>
internal static partial class ApiDocument
{
    private const string Json = "application/json";

    /// <summary>The functions that take a key, with their triggers.</summary>
    public static IReadOnlyList<(MethodInfo Function, HttpTriggerAttribute Trigger)> Functions { get; } =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           from function in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where function.IsDefined(typeof(ForRolesAttribute))
           from parameter in function.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           orderby trigger.Route, trigger.Methods![0]
           select (function, trigger),
    ];

    /// <summary>The document, as it is committed.</summary>
    public static string Write() => new JsonObject
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject
        {
            ["title"] = "The operators' API",
            ["version"] = "1",
            ["description"] = "What operators, and the company's own systems, ask of the privacy functions. A key stands for whoever uses it, and its "
                + "roles decide what it opens. Values that are missing are left out of answers. Personal data goes into bodies, never into an address.",
        },
        ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
        ["paths"] = Paths(),
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject
            {
                ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = CallerKey.Header },
            },
            ["responses"] = new JsonObject
            {
                ["problem"] = new JsonObject
                {
                    ["description"] = "What is wrong, in words (RFC 9457).",
                    ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } },
                },
            },
        },
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }) + "\n";

    private static JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var route in Functions.GroupBy(each => each.Trigger.Route))
            paths[$"/{route.Key}"] = new JsonObject(route.Select(each => KeyValuePair.Create(each.Trigger.Methods![0], (JsonNode?)Operation(each.Function, each.Trigger))));
        return paths;
    }

    private static JsonObject Operation(MethodInfo function, HttpTriggerAttribute trigger)
    {
        var words = CodeDocumentation.Of(function);
        var operation = new JsonObject
        {
            ["operationId"] = JsonNamingPolicy.CamelCase.ConvertName(function.GetCustomAttribute<FunctionAttribute>()!.Name),
            ["summary"] = FirstSentence().Match(words).Value,
            ["description"] = $"{words}\n\nRoles: {function.GetCustomAttribute<ForRolesAttribute>()!.Roles.Words()}.",
        };
        if (Parameters(function, trigger) is { Count: > 0 } parameters) operation["parameters"] = parameters;
        if (function.GetCustomAttributes<TakesAttribute>().ToList() is { Count: > 0 } fields) operation["requestBody"] = Body(fields);
        var responses = new JsonObject();
        foreach (var answers in function.GetCustomAttributes<AnswersAttribute>().GroupBy(answer => answer.Status).OrderBy(each => each.Key))
            responses[answers.Key.ToString(CultureInfo.InvariantCulture)] = Answered([.. answers.Select(answer => answer.Type)]);
        if (function.GetCustomAttribute<AnswersFileAttribute>() is { } file)
            responses["200"] = new JsonObject
            {
                ["description"] = "The file, as a download.",
                ["content"] = new JsonObject(file.MediaTypes.Select(type => KeyValuePair.Create(type, (JsonNode?)new JsonObject()))),
            };
        if (responses.Count == 0) responses["200"] = new JsonObject { ["description"] = "This document." };
        responses["default"] = new JsonObject { ["$ref"] = "#/components/responses/problem" };
        operation["responses"] = responses;
        return operation;
    }

    // Where it can be one of several, the words of each stand one after the other.
    private static JsonObject Answered(IReadOnlyList<Type> types) => new()
    {
        ["description"] = types.Select(CodeDocumentation.Of).Where(words => words.Length > 0).ToList() is { Count: > 0 } all ? string.Join(" Or: ", all) : "What was asked for.",
        ["content"] = new JsonObject
        {
            [Json] = new JsonObject
            {
                ["schema"] = types is [var only] ? ApiSchema.Of(only) : new JsonObject { ["anyOf"] = new JsonArray([.. types.Select(type => (JsonNode)ApiSchema.Of(type))]) },
            },
        },
    };

    private static JsonArray Parameters(MethodInfo function, HttpTriggerAttribute trigger) =>
    [
        .. PathParameter().Matches(trigger.Route!).Select(match => (JsonNode)new JsonObject
        {
            ["name"] = match.Groups[1].Value, ["in"] = "path", ["required"] = true,
            ["description"] = match.Groups[1].Value switch
            {
                "id" => "The reference: 32 digits, as the answers and the mails show it.",
                "number" => "The number within the case, or within the message, from 1.",
                "name" => "The name of the message, as the list of the messages shows it.",
                "right" => "What is asked for, such as erasure.",
                var name => throw new InvalidOperationException($"Nobody says what '{name}' is."),
            },
            ["schema"] = new JsonObject { ["type"] = "string" },
        }),
        .. function.GetCustomAttributes<FiltersAttribute>().Select(filter => (JsonNode)new JsonObject
        {
            ["name"] = filter.Name, ["in"] = "query", ["description"] = filter.Words, ["schema"] = new JsonObject { ["type"] = "string" },
        }),
    ];

    private static JsonObject Body(IReadOnlyList<TakesAttribute> fields)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Field(field)))),
        };
        if (fields.Any(field => !field.IsOptional)) schema["required"] = new JsonArray([.. fields.Where(field => !field.IsOptional).Select(field => (JsonNode)field.Name)]);
        return new JsonObject
        {
            ["required"] = true, ["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = schema } },
        };
    }

    private static JsonObject Field(TakesAttribute field)
    {
        if (field.Codes is null)
            return field.AreSeveral
                ? new JsonObject { ["description"] = field.Words, ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } }
                : new JsonObject { ["description"] = field.Words, ["type"] = "string" };
        List<string> codes = [.. Enum.GetNames(field.Codes).Select(JsonNamingPolicy.CamelCase.ConvertName)];
        return field.AreSeveral
            ? new JsonObject { ["description"] = $"{field.Words} Some of {string.Join(", ", codes)}, with commas between them.", ["type"] = "string" }
            : new JsonObject { ["description"] = field.Words, ["type"] = "string", ["enum"] = new JsonArray([.. codes.Select(code => (JsonNode)code)]) };
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();

    [GeneratedRegex(@"^.*?(?<!\bart)\.(?=\s|$)", RegexOptions.Singleline)]
    private static partial Regex FirstSentence();
}
