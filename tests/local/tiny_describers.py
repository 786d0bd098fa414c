"""Tiny models of the families that transformers describes with, beside those in tiny.py.

From configurations, weights random; the sizes are mostly those of transformers' own tests
(tests/models/*/test_modeling_*.py at 001f85b).
"""

from pathlib import Path
from typing import Any

import torch
from transformers import (
    BertTokenizer,
    Blip2Config,
    Blip2ForConditionalGeneration,
    Blip2Processor,
    BlipImageProcessor,
    CLIPImageProcessor,
    Florence2Config,
    Florence2ForConditionalGeneration,
    Florence2Processor,
    GitConfig,
    GitForCausalLM,
    GitProcessor,
    GPT2Config,
    PaliGemmaConfig,
    PaliGemmaForConditionalGeneration,
    PaliGemmaProcessor,
    Qwen2VLImageProcessor,
    Qwen3VLConfig,
    Qwen3VLForConditionalGeneration,
    Qwen3VLProcessor,
    Qwen3VLVideoProcessor,
    SiglipImageProcessor,
    SmolVLMConfig,
    SmolVLMForConditionalGeneration,
    SmolVLMImageProcessor,
    SmolVLMProcessor,
    SmolVLMVideoProcessor,
    VisionEncoderDecoderConfig,
    VisionEncoderDecoderModel,
    ViTConfig,
    ViTImageProcessor,
)

from tests.local.tiny import CHAT, SMALL, WORDS, as_transformers_4_saved_it, words

SPECIAL = ("<pad>", "<unk>", "<s>", "</s>")
SQUARE = {"height": 32, "width": 32}
SEES = {**SMALL, "intermediate_size": 64, "image_size": 32, "patch_size": 16}
UNTIED = {"tie_word_embeddings": False}
"""Lest a random model repeats the last word, which it is closest to."""

IDS = {"pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3}


def bert_words(folder: Path) -> Any:
    folder.mkdir(parents=True)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]))
    return BertTokenizer(str(vocabulary))


def vit_gpt2(folder: Path) -> tuple[Any, ...]:
    """Of the kind of nlpconnect/vit-gpt2-image-captioning: no processor, but its two parts."""
    tokenizer = words(*SPECIAL)
    gpt2 = GPT2Config(n_embd=32, n_layer=2, n_head=4, vocab_size=len(tokenizer), **IDS | UNTIED)
    config = VisionEncoderDecoderConfig.from_encoder_decoder_configs(ViTConfig(**SEES), gpt2)
    config.decoder_start_token_id, config.pad_token_id, config.eos_token_id = 2, 0, 3
    return VisionEncoderDecoderModel(config), ViTImageProcessor(size=SQUARE), tokenizer


def blip_2(folder: Path) -> tuple[Any, ...]:
    tokenizer = words(*SPECIAL, "<image>")
    config = Blip2Config(
        vision_config=SEES,
        qformer_config={
            **SMALL, "intermediate_size": 64, "vocab_size": 40, "encoder_hidden_size": 32,
        },
        text_config={
            "model_type": "opt", **SMALL, "vocab_size": len(tokenizer), "ffn_dim": 37,
            "word_embed_proj_dim": 32, **IDS, **UNTIED,
        },
        num_query_tokens=4,
        image_token_index=4,
    )  # fmt: skip
    processor = Blip2Processor(BlipImageProcessor(size=SQUARE), tokenizer, num_query_tokens=4)
    return Blip2ForConditionalGeneration(config), processor


def git(folder: Path) -> tuple[Any, ...]:
    """Of the kind of microsoft/git-base-coco."""
    tokenizer = bert_words(folder)
    text = {"vocab_size": len(tokenizer), "bos_token_id": 2, "eos_token_id": 3, "pad_token_id": 0}
    config = GitConfig(vision_config=SEES, **SMALL, intermediate_size=64, **text)
    pictures = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=SQUARE)
    return GitForCausalLM(config), GitProcessor(pictures, tokenizer)


def florence_2(folder: Path) -> tuple[Any, ...]:
    """Of the kind of florence-community/Florence-2-base."""
    tokenizer = words(*SPECIAL, "<image>", image_token="<image>")
    heads = {f"{side}_attention_heads": 4 for side in ("encoder", "decoder")}
    sizes = {f"{side}_{what}": 2 for side in ("encoder", "decoder") for what in ("layers",)}
    config = Florence2Config(
        text_config={
            "model_type": "bart", "d_model": 16, "vocab_size": len(tokenizer), **heads, **sizes,
            "encoder_ffn_dim": 16, "decoder_ffn_dim": 16, **IDS, "decoder_start_token_id": 3,
            **UNTIED,
        },
        vision_config={
            "depths": [1], "patch_size": [7], "patch_stride": [4], "patch_padding": [3],
            "patch_prenorm": [False], "embed_dim": [16], "num_heads": [1], "num_groups": [1],
            "window_size": 8, "projection_dim": 16,
        },
        image_token_id=4,
        is_encoder_decoder=True,
    )  # fmt: skip
    pictures = CLIPImageProcessor(size=SQUARE, crop_size=SQUARE)
    pictures.image_seq_length = 65
    return Florence2ForConditionalGeneration(config), Florence2Processor(pictures, tokenizer)


def paligemma(folder: Path) -> tuple[Any, ...]:
    """Of the kind of google/paligemma-3b-mix-224."""
    tokenizer = words(*SPECIAL, "<image>", "caption", "en", image_token="<image>")
    pictures = SiglipImageProcessor(size=SQUARE)
    pictures.image_seq_length = 4
    processor = PaliGemmaProcessor(pictures, tokenizer)  # adds words for places
    config = PaliGemmaConfig(
        text_config={
            "model_type": "gemma", **SMALL, "num_key_value_heads": 1, "head_dim": 8,
            "intermediate_size": 37, "vocab_size": len(tokenizer), **IDS, **UNTIED,
        },
        vision_config={"model_type": "siglip_vision_model", **SEES, "projection_dim": 32},
        projection_dim=32,
        image_token_index=4,
        **IDS,
        **UNTIED,
    )  # fmt: skip
    return PaliGemmaForConditionalGeneration(config), processor


def qwen_3_vl(folder: Path) -> tuple[Any, ...]:
    """Of the kind of Qwen/Qwen3-VL-2B-Instruct."""
    marks = ("<|image_pad|>", "<|video_pad|>", "<|vision_start|>", "<|vision_end|>")
    tokenizer = words(*SPECIAL, *marks)
    config = Qwen3VLConfig(
        text_config={
            **SMALL, "intermediate_size": 37, "num_key_value_heads": 2, "head_dim": 8,
            "vocab_size": len(tokenizer), **IDS,
            "rope_parameters": {
                "rope_type": "default", "mrope_section": [2, 1, 1], "mrope_interleaved": True,
                "rope_theta": 1e4,
            },
        },
        vision_config={
            "depth": 2, "intermediate_size": 32, "out_hidden_size": 32, "hidden_size": 32,
            "num_heads": 4, "patch_size": 16, "spatial_merge_size": 2, "temporal_patch_size": 2,
            "num_position_embeddings": 16, "deepstack_visual_indexes": [0, 1],
        },
        image_token_id=4, video_token_id=5, vision_start_token_id=6, vision_end_token_id=7,
    )  # fmt: skip
    patches = {"patch_size": 16, "merge_size": 2, "temporal_patch_size": 2}
    size = {"shortest_edge": 1024, "longest_edge": 4096}
    template = CHAT.replace("<image>", "<|vision_start|><|image_pad|><|vision_end|>")
    processor = Qwen3VLProcessor(
        Qwen2VLImageProcessor(**patches, size=size),
        tokenizer,
        Qwen3VLVideoProcessor(**patches),
        chat_template=template,
    )
    return Qwen3VLForConditionalGeneration(config), processor


def smolvlm_2(folder: Path) -> tuple[Any, ...]:
    """Of the kind of HuggingFaceTB/SmolVLM2-500M-Video-Instruct."""
    tiles = [f"<row_{row}_col_{column}>" for row in (1, 2) for column in (1, 2)]
    marks = {
        "image_token": "<image>", "fake_image_token": "<fake_token_around_image>",
        "global_image_token": "<global-img>", "end_of_utterance_token": "<end_of_utterance>",
    }  # fmt: skip
    tokenizer = words(*SPECIAL, *marks.values(), *tiles, **marks)
    text = {"model_type": "llama", **SMALL, "intermediate_size": 64, "num_key_value_heads": 4}
    config = SmolVLMConfig(
        vision_config={**SMALL, "intermediate_size": 64, "image_size": 32, "patch_size": 8},
        text_config={**text, "vocab_size": len(tokenizer), **IDS, **UNTIED},
        scale_factor=2,
        image_token_id=4,
        pad_token_id=0,
        **UNTIED,
    )
    edge = {"size": {"longest_edge": 64}, "max_image_size": {"longest_edge": 32}}
    processor = SmolVLMProcessor(
        SmolVLMImageProcessor(**edge),
        tokenizer,
        SmolVLMVideoProcessor(**edge),
        image_seq_len=4,
        chat_template=CHAT,
    )
    return SmolVLMForConditionalGeneration(config), processor


FAMILIES = {
    "tiny-vit-gpt2": vit_gpt2,
    "tiny-blip-2": blip_2,
    "tiny-git": git,
    "tiny-florence-2": florence_2,
    "tiny-paligemma": paligemma,
    "tiny-qwen3-vl": qwen_3_vl,
    "tiny-smolvlm2": smolvlm_2,
}


def saved(name: str, folder: Path) -> Path:
    """A family's model and its processor, saved to a folder."""
    torch.manual_seed(0)
    for part in FAMILIES[name](folder / name):
        part.save_pretrained(folder / name)
    if name == "tiny-qwen3-vl":
        as_transformers_4_saved_it(folder / name, "Qwen2VLImageProcessorFast")
    return folder / name
